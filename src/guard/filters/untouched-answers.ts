import { extension, Message } from '../envoy';
import { TYPE_HEADER } from '../headers';

/**
 * The filter of duplicate keys writes the events of answers anew. Between these two it does not know them for events: answers pass the filters from the
 * last to the first.
 */
export const hideAnswers = responseHeaders('hide-answers', set(TYPE_HEADER, '%RESP(content-type)%'), set('content-type', 'application/octet-stream'));
export const showAnswers = responseHeaders('show-answers', set('content-type', `%RESP(${TYPE_HEADER})%`), { remove: TYPE_HEADER });

function responseHeaders(name: string, ...mutations: Message[]): Message {
  return { name, typed_config: extension('filters.http.header_mutation.v3.HeaderMutation', { mutations: { response_mutations: mutations } }) };
}

function set(key: string, value: string): Message {
  return { append: { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' } };
}
