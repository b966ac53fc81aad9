import { GuardedProvider } from '../guarded-provider';
import { FIELD_HEADER, INPUT_HEADER, MODEL_HEADER, READ_HEADER, TOOLS_HEADER } from '../headers';
import { allOf, anyOf, exactly, extension, header, learnt, matching, Message, not, policy, PRESENT, rbac, RBAC_TYPE } from '../messages';
import { GOOGLE_TOOLS, SERVER_TOOLS } from '../server-tools';
import { FOLDED } from './read-fields';
import { JSON_TYPE } from './read-model';

export const FORBIDDEN = 'forbidden';

const contains = (name: string, part: string) => header(name, { string_match: { contains: part, ignore_case: true } });
const isList = (name: string) => header(name, { string_match: { prefix: '[' } });

/** Items of OpenAI's input that bring tools besides those of the request. A text in them has its quotes escaped; one in place of them is no list. */
const MORE_TOOLS = ['"tools":[', '"tools":{', `"tool${FOLDED.s}":`].map(part => allOf(isList(INPUT_HEADER), contains(INPUT_HEADER, part)));

/** What a provider may read as a list all the same, written as nothing here knows it. */
const TOOLS_IN_A_TEXT = allOf(header(TOOLS_HEADER, PRESENT), not(isList(TOOLS_HEADER)));

/** Refused except at providers where a key of that name can only be a parameter of a function. */
function toolsOfGoogle(providers: GuardedProvider[]): Message {
  const elsewhere = providers.filter(({ mayCallGoogle }) => !mayCallGoogle).map(({ id }) => not(header(':path', { string_match: { prefix: `/${id}/` } })));
  return allOf(...elsewhere, anyOf(...GOOGLE_TOOLS.map(part => contains(TOOLS_HEADER, part))));
}

/** What is refused whichever model is called; an answer and the log name the policy. */
export function forbidden(providers: GuardedProvider[]): Message {
  return extension(RBAC_TYPE, rbac('DENY', {
    not_json: policy([not(learnt('json', exactly('ok'))), not(header(READ_HEADER, PRESENT))]),
    encoding: policy([header('content-encoding', PRESENT), not(header('content-type', matching(JSON_TYPE)))]),
    // Google's paths name the model
    model_in_body: policy([allOf(header(MODEL_HEADER, PRESENT), contains(':path', 'enerateContent'))]),
    field: policy([header(FIELD_HEADER, PRESENT)]),
    server_tool: policy([...[...SERVER_TOOLS, ...Object.values(FOLDED)].map(part => contains(TOOLS_HEADER, part)), ...MORE_TOOLS, TOOLS_IN_A_TEXT,
      toolsOfGoogle(providers)]),
  }));
}
