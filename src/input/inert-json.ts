/**
 * The same JSON without what a layer between cdk8s and the API server would interpret: Flux takes `${…}` for a variable, Helm `{{…}}` for a template,
 * Kubernetes `$(…)` for a variable. Strings get escapes, which every reader of JSON turns back; braces between values get a space.
 */
export function inertJson(json: string): string {
  return json.replace(STRING_OR_BRACES, part => part.startsWith('"') ? part.replace(INTERPRETED, escaped) : '} ');
}

const STRING_OR_BRACES = /"(?:[^"\\]|\\.)*"|\}(?=\})/g;
const INTERPRETED = /\$(?=[{($])|\{(?=\{)|\}(?=\})/g;
const escaped = (letter: string) => `\\u00${letter.charCodeAt(0).toString(16)}`;
