import { Settings } from '../../settings/settings';

/** Which model answers, which take over, which may be asked for. */
export function routeSection({ features, chain, allowedModels, allowedPatterns, slotModels }: Settings): object {
  const refs = chain.map(model => model.ref);
  const allow = [...new Set([...allowedModels.map(model => model.ref), ...allowedPatterns.map(pattern => pattern.patternRef)])];
  const aliases = new Map([...chain, ...allowedModels].filter(model => model.alias).map(model => [model.ref, { alias: model.alias }]));
  const named = features.modelPolicy ? [...aliases.keys()] : allow;
  const seesImages = chain.find(model => model.input.includes('image'));
  const slot = (model = seesImages) => ({ primary: model?.ref ?? refs[0], fallbacks: [] });
  return {
    model: { primary: refs[0], fallbacks: refs.slice(1) },
    imageModel: slot(slotModels.image),
    pdfModel: slot(slotModels.pdf),
    ...features.modelPolicy && { modelPolicy: { allow } },
    ...named.length > 0 && { models: Object.fromEntries(named.map(ref => [ref, aliases.get(ref) ?? {}])) },
  };
}
