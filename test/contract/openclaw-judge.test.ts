import { find, gatewayManifests, withConfig } from '../support/gateway-manifests';
import { inWords, judgeConfig } from '../support/openclaw-judge';
import { isAtLeast, OPENCLAW_RELEASES } from '../support/release';

jest.setTimeout(900_000);

const judge = async (manifests: any[]) => inWords(await judgeConfig(release, manifests));
const podOf = (manifests: any[]) => find(manifests, 'Deployment').spec.template.spec;

/** The newest in `npm run test:thorough`, the oldest in `npm run test:versions`: they word their complaints differently. */
const [release] = OPENCLAW_RELEASES;

describe(`the judge with the real OpenClaw ${release}`, () => {
  const modern = isAtLeast(release, '2026.8.1');

  test.concurrent('finds nothing wrong with a gateway of the library', async () => {
    expect(await judge(gatewayManifests(release))).toEqual([]);
  });

  test.concurrent('reports an unknown key', async () => {
    const manifests = withConfig(release, config => {
      config.gateway.prot = 18789;
    });
    expect(await judge(manifests)).toEqual([`config validate: gateway: ${modern ? 'Unrecognized key: "prot"' : 'Invalid input'}`]);
  });

  test.concurrent('reports a configuration in the form of older documents: defaultModel, models.allowlist, auth: true', async () => {
    const manifests = withConfig(release, () => ({
      gateway: { bind: 'loopback', port: 18789, auth: true },
      defaultModel: 'anthropic/claude-sonnet-4-20250514',
      models: { allowlist: ['anthropic/claude-sonnet-4-20250514', 'gemini/gemini-2.5-pro'] },
    }));
    expect((await judge(manifests)).sort()).toEqual(modern ? [
      'config validate: <root>: Unrecognized key: "defaultModel"',
      'config validate: gateway.auth: Invalid input: expected object, received boolean',
      'config validate: models: Unrecognized key: "allowlist"',
    ] : [
      'config validate: <root>: Invalid input',
      'config validate: gateway.auth: Invalid input',
      'config validate: models: Invalid input',
    ]);
  });

  test.concurrent('reports a key that no Secret volume gives, a literal key and a fallback to a provider that nobody declares', async () => {
    const manifests = withConfig(release, config => {
      config.agents.defaults.model.fallbacks.push('nosuch/model-x');
      config.models.providers.anthropic.apiKey = 'literal-0123456789abcdef';
    });
    podOf(manifests).volumes.find(({ name }: any) => name === 'keys-0').secret.items.pop();
    expect((await judge(manifests)).sort()).toEqual([
      ...modern
        ? ['doctor: Configured model "nosuch/model-x" uses unknown provider "nosuch". No installed plugin manifest or models.providers entry declares it.']
        : [],
      'secrets audit: models.providers.anthropic.apiKey: models.providers.anthropic.apiKey is stored as plaintext.',
      'secrets audit: models.providers.openai.apiKey: Failed to resolve file:keys:/OPENAI_API_KEY (JSON pointer segment "OPENAI_API_KEY" does not exist.).',
    ]);
  });
});

describe('the judge runs the init container and', () => {
  const spoilt = async (change: (pod: any, manifests: any[]) => void) => {
    const manifests = gatewayManifests(release);
    change(podOf(manifests), manifests);
    return judge(manifests);
  };

  test('reports a configuration that is not JSON', async () => {
    expect(await spoilt((_, manifests) => { find(manifests, 'ConfigMap', 'assistant-gateway-config').data['openclaw.json'] = '{"gateway": '; })).toEqual([
      "init container 'make-files': /etc/openclaw/config/openclaw.json is not valid JSON",
    ]);
  });

  test('reports a key without value', async () => {
    expect(await spoilt((_, manifests) => { find(manifests, 'Secret').stringData.OPENAI_API_KEY = '\n'; })).toEqual([
      "init container 'make-files': key OPENAI_API_KEY in volume keys-0 is empty",
    ]);
  });

  test('reports an option that the program does not know', async () => {
    expect(await spoilt(pod => { pod.initContainers[0].command.push('--wait'); })).toEqual([
      expect.stringContaining("init container 'make-files': Unknown option '--wait'"),
    ]);
  });

  test('reports a program that is not where the command looks for it', async () => {
    expect(await spoilt(pod => { pod.initContainers[0].command[1] = '/opt/live-sync/sync.mjs'; })).toEqual([
      expect.stringContaining("Error: Cannot find module '/opt/live-sync/sync.mjs'"),
    ]);
  });

  test('reports a program that it cannot run', async () => {
    expect(await spoilt(pod => { pod.initContainers[0].command[0] = 'sh'; })).toEqual([
      "init container 'make-files': runs 'sh'; only 'node' can be run here",
    ]);
  });

  test('reports that there is none', async () => {
    expect(await spoilt(pod => { delete pod.initContainers; })).toEqual([
      'manifests: the pod has no init container with a command that makes /run/openclaw/openclaw.json',
    ]);
  });
});
