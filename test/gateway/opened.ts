/** The manifests without the settings that close ways to other models. */
export function opened(manifests: any[]): any[] {
  return changed(manifests, (config) => {
    for (const section of ['memory', 'tools', 'plugins', 'tts']) delete config[section];
    for (const slot of ['utilityModel', 'imageModel', 'pdfModel']) delete config.agents.defaults[slot];
  });
}

/** Those, and without the allowlist: the gateway itself forbids nothing. */
export function wideOpen(manifests: any[]): any[] {
  return changed(opened(manifests), (config) => {
    for (const setting of ['modelPolicy', 'models', 'modelSelectionScope', 'embeddedAgent', 'heartbeat', 'memorySearch']) delete config.agents.defaults[setting];
    for (const setting of ['mode', 'catalogRefresh', 'pricing']) delete config.models[setting];
    for (const section of ['messages', 'update', 'discovery', 'telemetry']) delete config[section];
  });
}

/** The manifests with another `openclaw.json`. */
export function changed(manifests: any[], change: (config: any) => void): any[] {
  return manifests.map(object => {
    if (!object.data?.['openclaw.json']) return object;
    const config = JSON.parse(object.data['openclaw.json']);
    change(config);
    return { ...object, data: { ...object.data, 'openclaw.json': JSON.stringify(config) } };
  });
}
