import { problemOf } from './model-id-malformed';
import { Catalog } from '../../models/catalog';
import { OFFICIAL, Provider } from '../../models/provider';
import { ModelFacts } from '../../models/resolve-models';
import { factsName, isRead } from '../../release/nearest-release';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

export const modelUnknown: Rule = {
  id: 'model-unknown',
  kind: 'safety',
  check: settings => settings.namedModels.filter(model => !model.row && !problemOf(model)).flatMap(model => problem(model, settings) ?? []),
};

function problem({ ref, id, provider, contextWindow, maxTokens }: ModelFacts, { catalog, release }: Settings): string | undefined {
  const complete = contextWindow !== undefined && maxTokens !== undefined;
  if (complete && !isRead(release)) return undefined;
  const isTwin = (candidate: string) => candidate.toLowerCase() === id.toLowerCase();
  const twin = provider._facts.kind === 'official' ? Object.keys(catalog.models(provider.id)).find(isTwin) : undefined;
  if (twin) return `model '${ref}' is unknown; did you mean '${provider.id}/${twin}'? Ids are case-sensitive`;
  const meant = aliasOf(id, provider, catalog);
  if (meant) return `model '${ref}' is OpenClaw's short name for '${provider.id}/${meant}'; write that`;
  const suppressed = provider._facts.kind === 'official' ? catalog.suppression(provider.id, id) : undefined;
  if (suppressed) {
    const replacement = suppressed.replacedBy ? `; use '${provider.id}/${suppressed.replacedBy}'` : '';
    return `model '${ref}' is refused by OpenClaw ${factsName(release)}: ${suppressed.reason}${replacement}`;
  }
  if (complete) return undefined;
  const give = 'give model() its contextWindow and maxTokens';
  if (provider._facts.kind !== 'official') {
    return `model '${ref}' is not in OpenClaw's catalog, which has no models of ${provider._facts.kind} providers; ${give}`;
  }
  const near = catalog.nearest(provider.id, id).map(each => `'${provider.id}/${each}'`);
  const remedy = near.length > 0 ? `did you mean ${near.join(', ')}? else ${give}` : give;
  return `model '${ref}' is not in the catalog of OpenClaw ${factsName(release)}; ${remedy}`;
}

/** The model that OpenClaw calls in place of another: some companies' models whoever provides them, behind `google/`, also after one more segment. */
function aliasOf(id: string, { id: providerId, _facts: { kind } }: Provider, catalog: Catalog): string | undefined {
  for (const company of OFFICIAL.filter(({ _facts: { traits } }) => traits.renamedEverywhere)) {
    const [, prefix, model] = new RegExp(`^((?:[^/]+/)?${company.id}/)(.+)$`).exec(id) ?? [];
    const present = model && catalog.alias(company.id, model);
    if (present) return `${prefix}${present}`;
  }
  return kind === 'official' ? catalog.alias(providerId, id.toLowerCase()) : undefined;
}
