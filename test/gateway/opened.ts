/** The manifests without the settings that close ways to other models. */
export function opened(manifests: any[]): any[] {
  return manifests.map(object => {
    if (!object.data?.['openclaw.json']) return object;
    const config = JSON.parse(object.data['openclaw.json']);
    for (const section of ['memory', 'tools', 'plugins', 'tts']) delete config[section];
    for (const slot of ['utilityModel', 'imageModel', 'pdfModel']) delete config.agents.defaults[slot];
    return { ...object, data: { ...object.data, 'openclaw.json': JSON.stringify(config) } };
  });
}
