import { inWords, judgeConfig } from '../support/openclaw-judge';

/** What the real OpenClaw of a version says against a gateway of the library. */
export async function problemsOf(release: string, manifests: any[]): Promise<string[]> {
  return inWords(await judgeConfig(release, manifests)).filter(problem => !dummiesOf(manifests).includes(problem));
}

/** The audit takes what a gateway sends its guard in place of a key for a key. */
function dummiesOf(manifests: any[]): string[] {
  const { data } = manifests.find(({ kind, data: files }) => kind === 'ConfigMap' && files['openclaw.json']);
  const providers = Object.entries<any>(JSON.parse(data['openclaw.json']).models.providers);
  return providers.filter(([, { apiKey }]) => apiKey === 'guarded').map(([id]) => `models.providers.${id}.apiKey`)
    .map(place => `secrets audit: ${place}: ${place} is stored as plaintext.`);
}
