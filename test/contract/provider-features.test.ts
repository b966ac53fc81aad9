import * as path from 'path';
import * as reviewed from './provider-features.json';
import { Features, featuresOf, SdkTypes } from './sdk-types';
import { installOpenClaw, installPackage } from '../../scripts/openclaw';
import { GOOGLE_TOOLS, SERVER_FIELDS, SERVER_TOOLS } from '../../src/guard/server-tools';
import { NEWEST_RELEASE } from '../../src/release/releases';
import { TRIED_PLACES } from '../guard/support/placed-tools';

interface Sdk extends SdkTypes {
  readonly npm: string;
  /** The newest version when it was reviewed; an attacker need not use the one of OpenClaw. */
  readonly newest: string;
  /** Whether OpenClaw installs it too. */
  readonly installed?: boolean;
}

/** Of each SDK the types of a request and of a tool; of Google's tools the names are the fields. */
const SDKS: { readonly [name: string]: Sdk } = {
  anthropic: {
    npm: '@anthropic-ai/sdk',
    newest: '1.14.0',
    installed: true,
    file: '@anthropic-ai/sdk/resources/beta/messages/messages.d.ts',
    requests: ['MessageCreateParamsBase'],
    tool: 'BetaToolUnion',
  },
  responses: {
    npm: 'openai',
    newest: '7.59.0',
    installed: true,
    file: 'openai/resources/responses/responses.d.ts',
    requests: ['ResponseCreateParamsBase'],
    tool: 'Tool',
  },
  betaResponses: {
    npm: 'openai',
    newest: '7.59.0',
    installed: true,
    file: 'openai/resources/beta/responses/responses.d.ts',
    requests: ['ResponseCreateParamsBase'],
    tool: 'BetaTool',
  },
  completions: {
    npm: 'openai',
    newest: '7.59.0',
    installed: true,
    file: 'openai/resources/chat/completions/completions.d.ts',
    requests: ['ChatCompletionCreateParamsBase'],
    tool: 'ChatCompletionTool',
  },
  google: {
    npm: '@google/genai',
    newest: '3.3.0',
    installed: true,
    file: '@google/genai/dist/genai.d.ts',
    requests: ['GenerateContentConfig', 'GenerationConfig', 'GenerateContentParameters'],
    tool: 'Tool',
  },
  mistral: {
    npm: '@mistralai/mistralai',
    newest: '2.7.0',
    installed: true,
    file: '@mistralai/mistralai/esm/models/components/chatcompletionrequest.d.ts',
    requests: ['ChatCompletionRequest$Outbound'],
  },
  openrouter: { npm: '@openrouter/sdk', newest: '1.3.19', file: '@openrouter/sdk/esm/models/chatrequest.d.ts', requests: ['ChatRequest$Outbound'] },
  groq: { npm: 'groq-sdk', newest: '1.6.0', file: 'groq-sdk/resources/chat/completions.d.ts', requests: ['ChatCompletionCreateParamsBase'], tool: 'ChatCompletionTool' },
};

const KINDS: readonly (keyof Features)[] = ['fields', 'tools', 'places', 'models'];
type Review = { readonly [verdict in 'passes' | 'refused']: Features };

jest.setTimeout(600_000);

describe.each(Object.keys(SDKS))(`what a request to %s may hold, reviewed on ${reviewed.date}`, name => {
  const { passes, refused }: Review = (reviewed as any)[name];
  const sdk = SDKS[name];
  let found: Features[];
  beforeAll(() => {
    found = [
      ...sdk.installed ? [featuresOf(path.join(installOpenClaw(NEWEST_RELEASE), '..'), sdk)] : [],
      featuresOf(installPackage(sdk.npm, sdk.newest), sdk),
    ];
  });

  test.each(KINDS)('%s: what is new goes to provider-features.json, and to server-tools.ts where the provider calls models, searches or runs code by it', kind => {
    const all = [...new Set(found.flatMap(each => each[kind]))];
    const known = [...passes[kind], ...refused[kind]];
    expect({ new: all.filter(each => !known.includes(each)), gone: known.filter(each => !all.includes(each)) }).toEqual({ new: [], gone: [] });
  });

  test('is refused by the guard as the review says; test/guard tries tools in each place', () => {
    const both = (kind: keyof Features) => [...passes[kind], ...refused[kind]].sort();
    expect({
      fields: both('fields').filter(isRefusedField),
      tools: both('tools').filter(tool => isRefusedTool(tool, name)),
      places: both('places').filter(place => TRIED_PLACES.includes(place)),
      models: both('models').filter(isRefusedField),
    }).toEqual(refused);
    expect(passes.places).toEqual([]);
  });
});

/** Whether a field at the top is refused, or all that is below it. */
function isRefusedField(field: string): boolean {
  const [first, second] = field.replace(/^config\./, '').split(/\.|\[\]/);
  return [first, `${first}:${second}`].some(each => SERVER_FIELDS.includes(each));
}

function isRefusedTool(tool: string, sdk: string): boolean {
  return sdk === 'google' ? GOOGLE_TOOLS.includes(tool) : SERVER_TOOLS.some(start => tool.startsWith(start));
}
