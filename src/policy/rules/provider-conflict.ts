import { Provider } from '../../models/provider';
import { prefixOf } from '../../models/secret-headers';
import { Rule } from '../rule';

export const providerConflict: Rule = {
  id: 'provider-conflict',
  kind: 'safety',
  check: ({ providers }) => [...new Set(providers.map(provider => provider.id))].flatMap(id => {
    const forms = new Map(providers.filter(provider => provider.id === id).map(provider => [`${formOf(provider)} ${valuesOf(provider)}`, formOf(provider)]));
    return forms.size > 1 ? `provider '${id}' is used in ${forms.size} forms (${[...forms.values()].join(', ')}); keep one Provider object and use it everywhere` : [];
  }),
};

/** What distinguishes one form of a provider from another, for people. */
function formOf({ baseUrl, api, requiresKey, _facts: { headers, secretHeaders = [], timeout, podPort, podLabels } }: Provider): string {
  const secrets = secretHeaders.map(header => [header.name, `${prefixOf(header)}<${header.source._origin}>`]);
  const extras = {
    ...headers && { headers },
    ...secrets.length > 0 && { secretHeaders: Object.fromEntries(secrets) },
    ...timeout && { timeout: timeout.toSeconds() },
    ...podPort && { podPort },
    ...podLabels && { podLabels },
    ...!requiresKey && { requiresKey },
  };
  return `'${baseUrl}' by ${api}${Object.keys(extras).length > 0 ? ` with ${JSON.stringify(extras)}` : ''}`;
}

/** What distinguishes secret headers and is not to be shown. */
function valuesOf({ _facts: { secretHeaders = [] } }: Provider): string {
  return secretHeaders.map(({ source }) => source._identity).join();
}
