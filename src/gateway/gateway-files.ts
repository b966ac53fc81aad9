import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkSize } from './check-rendered';
import { agentSettingsJson, openclawJson } from '../config/openclaw-json';
import { liveSyncScript } from '../pod/live-sync';
import { workspaceConfigMap, WorkspaceData, workspaceData } from '../pod/workspace-volumes';
import { Settings } from '../settings/settings';

/** The texts that a gateway reads, in their ConfigMaps. */
export interface GatewayFiles {
  readonly configMap: kplus.ConfigMap;
  readonly liveSync: kplus.ConfigMap;
  readonly workspaceData: WorkspaceData;
  readonly workspace?: kplus.ConfigMap;
  /** The pod is replaced when one of these texts changes. */
  readonly restartsOn: string[];
}

export function gatewayFiles(scope: Construct, settings: Settings): GatewayFiles {
  const config = openclawJson(settings);
  const agentSettings = agentSettingsJson(settings);
  checkSize(scope.node.path, 'openclaw.json', 'name fewer models, use patterns, or shorten extraConfig', config);
  const files = workspaceData(settings.workspace);
  const contents = [...files.values()].map(({ content }) => content);
  checkSize(scope.node.path, 'workspace', 'copy large files with addInitContainer()', ...contents);
  const script = liveSyncScript(settings);
  return {
    configMap: new kplus.ConfigMap(scope, 'Config', { data: { 'openclaw.json': config, ...agentSettings && { 'agent-settings.json': agentSettings } } }),
    liveSync: new kplus.ConfigMap(scope, 'LiveSync', { data: script }),
    workspaceData: files,
    workspace: files.size > 0 ? workspaceConfigMap(scope, files) : undefined,
    restartsOn: [...Object.values(script), ...contents.map(content => content.toString('base64')), agentSettings ?? '', settings.live ? '' : config],
  };
}
