import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { withAwsFiles } from './aws-files';
import { container, GUARD_CONTAINER, GUARD_USER, userOf } from './container';
import { GUARD_CLUSTER } from '../envoy/clusters';
import {
  BOOTSTRAP_DIR, CALLER_DIR, CALLER_FILE, GUARD_METRICS_PORT, GUARD_PORT, GUARD_RUN_DIR, LEDGER_DIR, POLICY_DIR, PROVIDER_KEY_FILE, PROVIDER_KEYS_DIR,
} from '../guard/guard-layout';
import { LONGEST_ANSWER_SECONDS } from '../guard/guard-limits';
import { GuardSettings } from '../guard/model-guard';
import { GATEWAY_PORT } from '../settings/pod-layout';
import { Settings } from '../settings/settings';

/** A provider's key, or one of its secret headers, in its Secret. */
export interface GuardedKey {
  /** Where the guard has it. */
  readonly folder: string;
  readonly secret: kplus.ISecret;
  readonly key: string;
  /** Whether it may be missing. */
  readonly optional: boolean;
}

/** What the guard's container is made of besides the settings. */
export interface GuardParts {
  readonly bootstrap: kplus.IConfigMap;
  readonly policy: kplus.IConfigMap;
  readonly keys: GuardedKey[];
  /** For what is spent, where there are budgets. */
  readonly ledger?: kplus.IPersistentVolumeClaim;
  /** The file by which the guard knows its gateway, where it has a pod of its own. */
  readonly callerFile?: { readonly secret: kplus.ISecret; readonly key: string };
}

const BASH = (script: string) => kplus.Handler.fromCommand(['bash', '-c', script]);

/** The gateway keeps its port open until its running turns have ended. */
const GATEWAY_IS_GONE = `while (exec 3<>/dev/tcp/127.0.0.1/${GATEWAY_PORT}) 2>/dev/null; do sleep 0.5; done`;

/**
 * Without `${` and `$(`, which Flux and Kubernetes would interpret.
 *
 * While no other guard is ready the Service sends requests to those that are to end, so one goes on until it has had none for ten seconds. The readiness
 * probe goes on too, as a request of the cluster that is the guard itself.
 */
const GUARD_IS_IDLE = [
  'look() {',
  '  local name value all=0 probes=0',
  '  running=? served=?',
  '  {',
  "    printf 'GET /stats/prometheus HTTP/1.1\\r\\nhost: guard\\r\\nconnection: close\\r\\n\\r\\n' >&3",
  "    while IFS=$' \\r' read -r name value <&3; do",
  '      case $name in',
  '        \'envoy_http_downstream_rq_active{envoy_http_conn_manager_prefix="guard"}\') running=$value ;;',
  '        \'envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="guard"}\') all=$value ;;',
  `        'envoy_cluster_upstream_rq_total{envoy_cluster_name="${GUARD_CLUSTER}"}') probes=$value ;;`,
  '      esac',
  '    done',
  `  } 2>/dev/null 3<>/dev/tcp/127.0.0.1/${GUARD_METRICS_PORT}`,
  '  ((served = all - probes))',
  '}',
  'idle=0 before=',
  'while ((idle < 10)); do',
  '  look',
  '  now="$running running, $served so far"',
  '  if [[ $now == "0 running"* && $now == "$before" ]]; then ((idle += 1)); else idle=0; fi',
  '  before=$now',
  '  sleep 1',
  'done',
].join('\n');

/** Envoy, the only one that has the keys. */
export function guardContainer(
  scope: Construct, settings: Settings, { ownPod, image, resources }: GuardSettings, parts: GuardParts,
): kplus.ContainerProps {
  return {
    ...container(GUARD_CONTAINER, image, mountsOf(scope, parts), userOf(settings, GUARD_USER)),
    command: withAwsFiles(settings.accessKeyIds.map(({ provider }) => provider.id), [
      'envoy', '-c', `${BOOTSTRAP_DIR}/bootstrap.json`, '--concurrency', '1', '--disable-hot-restart', '--reject-unknown-dynamic-fields',
      '--log-level', 'warning', '--file-flush-interval-msec', '1000',
      '--drain-time-s', `${LONGEST_ANSWER_SECONDS}`, // how long answers go on whose key has been taken away
    ]),
    ports: [{ number: GUARD_PORT, name: 'guard' }, { number: GUARD_METRICS_PORT, name: 'guard-metrics' }],
    resources,
    startup: probe('/policy', 1, 60),
    readiness: probe('/policy', 2, 2),
    liveness: probe('/ready', 10, 3),
    lifecycle: { preStop: BASH(ownPod ? GUARD_IS_IDLE : GATEWAY_IS_GONE) },
  };
}

function probe(path: string, period: number, failureThreshold: number): kplus.Probe {
  return kplus.Probe.fromHttpGet(path, {
    port: GUARD_METRICS_PORT,
    periodSeconds: Duration.seconds(period),
    timeoutSeconds: Duration.seconds(2),
    failureThreshold,
  });
}

function mountsOf(scope: Construct, { bootstrap, policy, keys, ledger, callerFile }: GuardParts): kplus.VolumeMount[] {
  const { Volume } = kplus;
  const named = (name: string) => `guard-${name}`;
  const secret = (name: string, from: { secret: kplus.ISecret; key: string; optional?: boolean }, file: string) => Volume.fromSecret(
    scope, named(name), from.secret,
    { name: named(name), items: { [from.key]: { path: file } }, defaultMode: 0o440, ...from.optional && { optional: true } },
  );
  const readOnly = true;
  return [
    { volume: Volume.fromConfigMap(scope, named('bootstrap'), bootstrap, { name: named('bootstrap') }), path: BOOTSTRAP_DIR, readOnly },
    { volume: Volume.fromConfigMap(scope, named('policy'), policy, { name: named('policy') }), path: POLICY_DIR, readOnly },
    ...keys.map((key, i) => ({ volume: secret(`key-${i}`, key, PROVIDER_KEY_FILE), path: `${PROVIDER_KEYS_DIR}/${key.folder}`, readOnly })),
    ...ledger ? [{ volume: Volume.fromPersistentVolumeClaim(scope, named('ledger'), ledger, { name: named('ledger') }), path: LEDGER_DIR }] : [],
    ...callerFile ? [{ volume: secret('caller', callerFile, CALLER_FILE), path: CALLER_DIR, readOnly }] : [],
    {
      volume: Volume.fromEmptyDir(scope, named('run'), named('run'), { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(1) }),
      path: GUARD_RUN_DIR,
    },
  ];
}
