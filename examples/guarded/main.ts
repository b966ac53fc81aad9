import { App, Chart, Size } from 'cdk8s';
import {
  FallbackChain, GatewayAuth, ModelGuard, OpenClawDeployment, OpenClawDeploymentProps, OpenClawVersion, Provider, ProviderKeys, SecretSource,
} from 'cdk8s-openclaw';

const VLLM = Provider.custom('company-vllm', { baseUrl: 'http://vllm.models.svc:80/v1', podPort: 8000, requiresKey: false });
const AZURE = Provider.azureOpenAi({ endpoint: 'https://contoso.openai.azure.com' });

/** What both gateways have in common. */
function definition(chart: Chart): OpenClawDeploymentProps {
  return {
    version: OpenClawVersion.V2026_9_6,
    chain: new FallbackChain(chart, 'Chain', {
      primary: Provider.ANTHROPIC.model('claude-sonnet-5'),
      fallbacks: [
        Provider.OPENROUTER.model('anthropic/claude-sonnet-4.5', { contextWindow: 200000, maxTokens: 8192 }),
        AZURE.model('gpt-5-prod', { contextWindow: 128000, maxTokens: 8192 }),
        VLLM.model('qwen3-32b', { contextWindow: 32768, maxTokens: 4096 }),
      ],
    }),
    providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), // ANTHROPIC_API_KEY, OPENROUTER_API_KEY and AZURE_OPENAI_API_KEY
    auth: GatewayAuth.token(SecretSource.generated()),
  };
}

const app = new App();

/** The keys are out of the reach of the gateway, in the same pod. */
const beside = new Chart(app, 'openclaw-guarded', { namespace: 'openclaw-guarded' });
const first = new OpenClawDeployment(beside, 'Gateway', {
  ...definition(beside),
  guard: ModelGuard.sidecar({ requestsPerMinute: { anthropic: 120 } }),
});

/** So is every network but the guard's. */
const apart = new Chart(app, 'openclaw-apart', { namespace: 'openclaw-apart' });
const second = new OpenClawDeployment(apart, 'Gateway', {
  ...definition(apart),
  guard: ModelGuard.pod({ bodyLimit: Size.mebibytes(8) }),
});
app.synth();

// the cdk8s command keeps standard output for itself
console.error([first, second].map(({ summary }) => summary).join('\n\n'));
