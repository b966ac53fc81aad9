const HEADS = /^ {2}("lib\/.*")\((.*)\) \{$/gm;
const ENDS = /^ {2}\}\n\}\);$/gm;

/**
 * Writes the modules of a bundle as functions in parentheses: V8 compiles these at once. The module of a method, which is what esbuild writes, it
 * would parse twice, once when it is called.
 *
 * @param bundle what esbuild wrote
 * @param modules how many modules are in it
 */
export function modulesInParentheses(bundle: string, modules: number): string {
  for (const [what, pattern] of Object.entries({ beginning: HEADS, end: ENDS })) {
    const found = bundle.match(pattern)?.length ?? 0;
    if (found !== modules) throw new Error(`the bundle has ${modules} modules, but the ${what} of ${found}; esbuild writes them in another way: change ${pattern}`);
  }
  return bundle.replace(HEADS, '  $1: (function ($2) {').replace(ENDS, '  })\n});');
}
