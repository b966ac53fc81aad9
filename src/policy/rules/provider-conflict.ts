import { Provider } from '../../models/provider';
import { Rule } from '../rule';

export const providerConflict: Rule = {
  id: 'provider-conflict',
  kind: 'safety',
  check: ({ providers }) => [...new Set(providers.map(provider => provider.id))].flatMap(id => {
    const forms = new Set(providers.filter(provider => provider.id === id).map(formOf));
    return forms.size > 1 ? `provider '${id}' is used in ${forms.size} forms (${[...forms].join(', ')}); keep one Provider object and use it everywhere` : [];
  }),
};

/** What distinguishes one form of a provider from another, for people. */
function formOf({ baseUrl, api, requiresKey, _facts: { headers, timeout, podPort, podLabels } }: Provider): string {
  const extras = {
    ...headers && { headers },
    ...timeout && { timeout: timeout.toSeconds() },
    ...podPort && { podPort },
    ...podLabels && { podLabels },
    ...!requiresKey && { requiresKey },
  };
  return `'${baseUrl}' by ${api}${Object.keys(extras).length > 0 ? ` with ${JSON.stringify(extras)}` : ''}`;
}
