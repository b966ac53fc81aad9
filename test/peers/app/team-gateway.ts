import { Chart, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  ContainerResources, FallbackChain, GatewayAuth, OpenClawDeployment, OpenClawVersion, Preset, Provider, ProviderSecret, SecretSource,
} from 'cdk8s-openclaw';

export interface TeamGatewayProps {
  readonly team: string;
  /** The Secret with the keys of the team, under their conventional names. */
  readonly keys: kplus.ISecret;
  /** The pods of the proxy that serves the team's host name. */
  readonly proxy: kplus.Pods;
  /** @default - as the preset says */
  readonly resources?: ContainerResources;
  /** @default Preset.PROD */
  readonly preset?: Preset;
}

/** What a company builds on top: its providers and names, and a nightly job that asks the gateway. */
export class TeamGateway extends Construct {
  public readonly gateway: OpenClawDeployment;

  public constructor(scope: Construct, id: string, { team, keys, proxy, resources, preset }: TeamGatewayProps) {
    super(scope, id);
    const providers = [Provider.ANTHROPIC, Provider.OPENAI];
    this.gateway = new OpenClawDeployment(this, 'Gateway', {
      version: OpenClawVersion.V2026_9_6,
      preset,
      chain: FallbackChain.fromProviders(this, 'Chain', { providers }),
      providerSecrets: providers.map(provider =>
        new ProviderSecret(this, provider.id, { provider, source: SecretSource.fromSecret(keys, provider.keyName) })),
      auth: GatewayAuth.token(SecretSource.fromSecret(keys, 'OPENCLAW_GATEWAY_TOKEN')),
      httpApi: true,
      resources,
      envVariables: { TZ: 'UTC', TEAM: kplus.EnvValue.fromValue(team) },
      exposure: { origins: [`https://${team}.example.com`], trustedProxies: ['10.244.0.0/16'], peers: [proxy, '10.0.0.0/24'] },
    });

    const { service, tokenSecret, deployment } = this.gateway;
    deployment.podMetadata.addLabel('team', team);
    new kplus.CronJob(this, 'Nightly', {
      schedule: Cron.schedule({ hour: '3', minute: '0' }),
      containers: [{
        image: 'registry.example.com/nightly:1',
        args: [`http://${service.name}.${Chart.of(this).namespace}:${OpenClawDeployment.GATEWAY_PORT}`],
        envVariables: { TOKEN: kplus.EnvValue.fromSecretValue(tokenSecret!) },
      }],
    });
  }
}
