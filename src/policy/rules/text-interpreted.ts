import { filesOf, Settings } from '../../settings/settings';
import { Rule } from '../rule';

/** The tools that take a part of a text for their own. */
const READERS: { readonly [found: string]: string } = {
  '${': "Flux takes for a variable where a Kustomization has 'postBuild'",
  '{{': 'Helm takes for a template where the manifests are put into a chart',
};

/** Of texts outside JSON files: in these there are escapes for it. */
export const textInterpreted: Rule = {
  id: 'text-interpreted',
  kind: 'notice',
  check: settings => textsOf(settings).flatMap(([what, text]) =>
    Object.keys(READERS).filter(found => text.includes(found)).map(found => `${what} contains '${found}', which ${READERS[found]}; docs/gitops.md says how to prevent it`)),
};

function textsOf(settings: Settings): [what: string, text: string][] {
  const variables = Object.entries(settings.envVariables).map(([name, { value }]): [string, string] => [`envVariables['${name}']`, String(value ?? '')]);
  const sources = filesOf(settings).map(({ prop, source }): [string, string] => [`the source of ${prop}`, source._identity ?? '']);
  return [...variables, ...sources];
}
