import { GOOGLE_TOOLS, SERVER_TOOLS } from '../../guard/server-tools';
import { ModelApi } from '../../models/model-api';
import { WIRE_FACTS } from '../../models/wire-facts';
import { GuardedProvider } from '../guarded-provider';
import { FIELD_HEADER, INPUT_HEADER, MESSAGES_HEADER, MODEL_HEADER, READ_HEADER, SYSTEM_HEADER, TOOLS_HEADER } from '../headers';
import { withPart, withPartInside } from '../json-text';
import { allOf, anyOf, exactly, extension, header, learnt, matching, Message, not, policy, PRESENT, rbac, RBAC_TYPE } from '../messages';
import { FOLDED } from './read-fields';
import { JSON_TYPE } from './read-model';

export const FORBIDDEN = 'forbidden';

/** A tool with a model of its own, one that the provider runs, or one of an odd type: one that begins with white space, or has a letter that reads as another. */
const SERVER_TOOL = `"(?:model":"|type":"(?:[^0-9a-z"]|[^"]*[^ -~]|${SERVER_TOOLS.join('|')}))`;
const GOOGLE_TOOL = `"(?:[^"]*(?:${Object.values(FOLDED).join('|')})[^"]*|${GOOGLE_TOOLS.join('|')})":`;

const matches = (name: string, pattern: string) => header(name, matching(pattern));
const contains = (name: string, part: string) => header(name, { string_match: { contains: part, ignore_case: true } });
const isList = (name: string) => header(name, { string_match: { prefix: '[' } });

/** Anthropic takes the definition of a tool in a block of a message. The words are looked for first: the pattern is slower. */
const INLINE = 'tool_definition"';
const TOOLS_IN_MESSAGES = allOf(isList(MESSAGES_HEADER), contains(MESSAGES_HEADER, INLINE), matches(MESSAGES_HEADER, withPartInside('definition', SERVER_TOOL)));

/** No provider is known to take one in a block of the system prompt. */
const TOOLS_IN_SYSTEM = allOf(isList(SYSTEM_HEADER), contains(SYSTEM_HEADER, INLINE), contains(SYSTEM_HEADER, '"definition":'));

/** Other formats take lists of tools in items and messages. A text in them has its quotes escaped; one in place of them is no list. */
const toolsInItems = (name: string) => allOf(
  isList(name), anyOf(contains(name, '"tools":'), contains(name, `"tool${FOLDED.s}":`)), matches(name, withPart(SERVER_TOOL)),
);

const isOf = (api: ModelApi) => anyOf(...WIRE_FACTS[api].answers.map(path => contains(':path', path)));

/** What a provider may read as a list all the same, written as nothing here knows it. */
const TOOLS_IN_A_TEXT = allOf(header(TOOLS_HEADER, PRESENT), not(isList(TOOLS_HEADER)));

/** Refused except at providers where a key of that name can only be a parameter of a function. */
function toolsOfGoogle(providers: GuardedProvider[]): Message {
  const elsewhere = providers.filter(({ mayCallGoogle }) => !mayCallGoogle).map(({ id }) => not(header(':path', { string_match: { prefix: `/${id}/` } })));
  return allOf(...elsewhere, matches(TOOLS_HEADER, withPart(GOOGLE_TOOL)));
}

/** What is refused whichever model is called; an answer and the log name the policy. */
export function forbidden(providers: GuardedProvider[]): Message {
  return extension(RBAC_TYPE, rbac('DENY', {
    not_json: policy([not(learnt('json', exactly('ok'))), not(header(READ_HEADER, PRESENT))]),
    encoding: policy([header('content-encoding', PRESENT), not(header('content-type', matching(JSON_TYPE)))]),
    // Google's paths name the model
    model_in_body: policy([allOf(header(MODEL_HEADER, PRESENT), contains(':path', 'enerateContent'))]),
    field: policy([header(FIELD_HEADER, PRESENT)]),
    server_tool: policy([
      matches(TOOLS_HEADER, withPart(SERVER_TOOL)), TOOLS_IN_A_TEXT, toolsOfGoogle(providers),
      TOOLS_IN_MESSAGES, TOOLS_IN_SYSTEM, toolsInItems(INPUT_HEADER), allOf(isOf(ModelApi.OPENAI_COMPLETIONS), toolsInItems(MESSAGES_HEADER)),
    ]),
  }));
}
