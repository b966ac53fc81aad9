import * as path from 'path';
import * as ts from 'typescript';
import * as reviewed from './provider-features.json';
import { installOpenClaw } from '../../scripts/openclaw';
import { GOOGLE_TOOLS, SERVER_FIELDS, SERVER_TOOLS } from '../../src/envoy/server-tools';
import { NEWEST_RELEASE } from '../../src/release/releases';

interface Features { readonly fields: string[]; readonly tools: string[] }

/** Of each SDK the types of a request and of a tool; of Google's tools the names are the fields. */
const SDKS: { readonly [name: string]: { readonly file: string; readonly requests: string[]; readonly tool?: string } } = {
  anthropic: { file: '@anthropic-ai/sdk/resources/beta/messages/messages.d.ts', requests: ['MessageCreateParamsBase'], tool: 'BetaToolUnion' },
  responses: { file: 'openai/resources/responses/responses.d.ts', requests: ['ResponseCreateParamsBase'], tool: 'Tool' },
  completions: { file: 'openai/resources/chat/completions/completions.d.ts', requests: ['ChatCompletionCreateParamsBase'], tool: 'ChatCompletionTool' },
  google: { file: '@google/genai/dist/genai.d.ts', requests: ['GenerateContentConfig', 'GenerationConfig'], tool: 'Tool' },
  mistral: { file: '@mistralai/mistralai/esm/models/components/chatcompletionrequest.d.ts', requests: ['ChatCompletionRequest$Outbound'] },
};

jest.setTimeout(300_000);

describe.each(Object.keys(SDKS))('what a request to %s may hold', name => {
  const { passes, refused }: { passes: Features; refused: Features } = (reviewed as any)[name];
  let found: Features;
  beforeAll(() => { found = featuresOf(name); });

  test('is reviewed: what is new goes to provider-features.json, and to server-tools.ts where the provider calls models, searches or runs code by it', () => {
    const listed = { fields: [...passes.fields, ...refused.fields].sort(), tools: [...passes.tools, ...refused.tools].sort() };
    expect(found).toEqual(listed);
  });

  test('is refused by the guard as the review says', () => {
    expect({ fields: found.fields.filter(isRefusedField), tools: found.tools.filter(tool => isRefusedTool(tool, name)) }).toEqual(refused);
  });
});

function isRefusedField(field: string): boolean {
  return SERVER_FIELDS.includes(field) || SERVER_FIELDS.includes(`generationConfig:${field}`);
}

function isRefusedTool(tool: string, sdk: string): boolean {
  return sdk === 'google' ? GOOGLE_TOOLS.includes(`"${tool}":`) : SERVER_TOOLS.some(part => `{"type":"${tool}"}`.includes(part));
}

function featuresOf(name: string): Features {
  const { file, requests, tool } = SDKS[name];
  const program = ts.createProgram([path.join(installOpenClaw(NEWEST_RELEASE), '..', file)], { noLib: true, noResolve: true, types: [], strict: true });
  const checker = program.getTypeChecker();
  const [root] = program.getRootFileNames();
  const types = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(root)!)!);
  const typeOf = (wanted: string) => checker.getDeclaredTypeOfSymbol(types.find(symbol => symbol.name === wanted)!);
  const namesIn = (type: ts.Type) => checker.getPropertiesOfType(type).map(property => property.name);
  const membersOf = (type: ts.Type) => type.isUnion() ? type.types : [type];
  const kindsOf = (type: ts.Type) => {
    const kind = checker.getPropertyOfType(type, 'type');
    return kind ? membersOf(checker.getTypeOfSymbol(kind)).flatMap(each => each.isStringLiteral() ? each.value : []) : namesIn(type);
  };
  const sorted = (names: string[]) => [...new Set(names)].sort();
  return {
    fields: sorted(requests.flatMap(request => namesIn(typeOf(request)))),
    tools: tool ? sorted(membersOf(typeOf(tool)).flatMap(kindsOf)) : [],
  };
}
