import { CALLER, guardOf, manifestsOf, modelsAt, Placement } from './fixture';
import { AWS_SECRETS, Judge, Protocol } from './judge';
import { RunningGuard } from './running-guard';
import { Target } from './targets';
import { AwsCredentials, Model, ModelGuardOptions, Provider, ProviderSecret, SecretSource } from '../../../src/index';
import { keysOf, newChart } from '../../support/gateway';

const [AWS_ID] = Object.keys(AWS_SECRETS);

/** One provider has two keys. The first cannot be used, so that each of its calls goes through both. Requests to Bedrock are signed by guards in pods of their own. */
function keysFor(models: Model[], placement: Placement): ProviderSecret[] {
  const [chart, providers] = [newChart('keys'), [...new Set(models.map(({ provider }) => provider))]];
  const source = (key: string) => SecretSource.fromSecretName('openclaw-secrets', key);
  const [several] = providers.filter(({ id }) => id === Provider.OPENROUTER.id);
  const signed = placement === 'pod' ? providers.filter(({ id }) => id === 'bedrock') : [];
  return [
    ...keysOf(chart, ...providers.filter(provider => ![several, ...signed].includes(provider))),
    ...signed.map(provider => new ProviderSecret(chart, 'Signed', {
      provider, credentials: AwsCredentials.accessKeys({ accessKeyId: source('AWS_ID'), secretAccessKey: source('AWS_SECRET') }),
    })),
    new ProviderSecret(chart, 'Several', { provider: several, source: source('UNUSABLE'), additional: [source(several.keyName)] }),
  ];
}

/** A guard of every wire format, and its judge, that the tests of one group share; made in the group, they are there in the tests. */
export class SharedGuard {
  public judge!: Judge;
  public guard!: RunningGuard;

  public constructor(private readonly placement: Placement, options: ModelGuardOptions = {}, protocol: Protocol = 'HTTP/1.1') {
    beforeAll(async () => {
      this.judge = await Judge.start(protocol);
      const models = Object.values(modelsAt(this.judge.origin));
      const certificateAuthorities = this.judge.authoritiesOf(models);
      const guarded = guardOf(placement, { certificateAuthorities, ...options });
      const props = { providerSecrets: keysFor(models, placement) };
      const stored = { UNUSABLE: '', AWS_ID, AWS_SECRET: AWS_SECRETS[AWS_ID] };
      this.guard = await RunningGuard.start(manifestsOf(models, guarded, props, stored));
    });
    beforeEach(() => this.judge.reset());
    afterAll(async () => {
      await this.guard.stop();
      await this.judge.close();
    });
  }

  /** What the guard knows its gateway by, as a wire format sends it. */
  public callerOf({ keyHeader }: Target): [string, string][] {
    if (this.placement === 'sidecar') return [];
    return [[keyHeader, keyHeader === 'authorization' ? `Bearer ${CALLER}` : CALLER]];
  }
}
