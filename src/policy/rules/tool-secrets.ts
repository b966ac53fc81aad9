import { keyIn } from '../held-key';
import { Rule } from '../rule';

export const toolSecretUnknown: Rule = {
  id: 'tool-secret-unknown',
  kind: 'safety',
  check: ({ toolSecrets, secretFiles, providerKeys }) => toolSecrets.flatMap(name => {
    const file = secretFiles.find(each => each.name === name);
    const key = file ? keyIn(file, providerKeys) : providerKeys.find(each => each.name === name);
    if (key) return [`toolSecrets names '${name}', which is the key of provider '${key.provider.id}'; remove it, since a tool with this key could call any model`];
    if (file) return [];
    const has = secretFiles.length > 0 ? `defined: ${secretFiles.map(each => `'${each.name}'`).sort().join(', ')}` : 'none is defined';
    return [`toolSecrets names '${name}', which is not among 'secrets' (${has}); add '${name}' to 'secrets'`];
  }),
};
