import { allOf, exactly, extension, header, learnt, matching, Message, not, policy, PRESENT, rbac } from '../envoy';
import { SERVER_TOOLS } from '../server-tools';
import { FIELD_HEADER, MODEL_HEADER, READ_HEADER, TOOLS_HEADER } from './read-fields';
import { JSON_TYPE } from './read-model';

export const FORBIDDEN = 'forbidden';
export const RBAC_TYPE = 'filters.http.rbac.v3.RBAC';

/** What is refused whichever provider and model is called; an answer and the log name the policy. */
export function forbidden(): Message {
  return extension(RBAC_TYPE, rbac('DENY', {
    not_json: policy([not(learnt('json', exactly('ok'))), not(header(READ_HEADER, PRESENT))]),
    encoding: policy([header('content-encoding', PRESENT), not(header('content-type', matching(JSON_TYPE)))]),
    // Google's paths name the model
    model_in_body: policy([allOf(header(MODEL_HEADER, PRESENT), header(':path', { string_match: { contains: 'enerateContent' } }))]),
    field: policy([header(FIELD_HEADER, PRESENT)]),
    server_tool: policy(SERVER_TOOLS.map(part => header(TOOLS_HEADER, { string_match: { contains: part } }))),
  }));
}
