import { buildSync } from 'esbuild';
import { modulesInParentheses } from '../../scripts/modules-in-parentheses';

const moduleOf = (name: string, body: string) => `// lib/${name}.js
var require_${name} = __commonJS({
  "lib/${name}.js"(exports2, module2) {
    ${body}
  }
});
`;

test('each module becomes a function in parentheses', () => {
  const bundle = moduleOf('a', 'exports2.one = 1;') + moduleOf('b', "module2.exports = 'two';");
  const parenthesised = modulesInParentheses(bundle, 2);
  expect(parenthesised).toContain('"lib/a.js": (function (exports2, module2) {\n    exports2.one = 1;\n  })\n});');
  const run = new Function('__commonJS', `${parenthesised} return require_b;`);
  const exported = { exports: {} };
  (run((modules: object) => Object.values(modules)[0]) as Function)({}, exported);
  expect(exported.exports).toBe('two');
});

test.each([
  ['a bundle without modules', '"use strict";', 'the bundle has 1 modules, but the beginning of 0'],
  ['a module that begins in another way', moduleOf('a', '').replace('(exports2, module2) {', ': (exports2, module2) => {'), 'the bundle has 1 modules, but the beginning of 0'],
  ['a module that ends in another way', moduleOf('a', '').replace('  }\n});', '}});'), 'the bundle has 1 modules, but the end of 0'],
  ['a module that is minified', buildSync({
    stdin: { contents: 'require("./package.json")', resolveDir: process.cwd() }, bundle: true, minify: true, write: false, platform: 'node',
  }).outputFiles[0].text, 'the bundle has 1 modules, but the beginning of 0'],
])('%s is an error', (_, bundle, message) => {
  expect(() => modulesInParentheses(bundle, 1)).toThrow(message);
});
