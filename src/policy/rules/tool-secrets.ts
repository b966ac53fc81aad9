import { credentialsOf } from '../../settings/settings';
import { keyIn } from '../held-key';
import { Rule } from '../rule';

export const toolSecretUnknown: Rule = {
  id: 'tool-secret-unknown',
  kind: 'safety',
  check: settings => settings.toolSecrets.flatMap(name => {
    const { secretFiles } = settings;
    const credentials = credentialsOf(settings);
    const file = secretFiles.find(each => each.name === name);
    const key = file ? keyIn(file, credentials) : credentials.find(each => each.name === name);
    if (key) return [`toolSecrets names '${name}', which is ${key.what}; remove it, since a tool that has it could call any model`];
    if (file) return [];
    const has = secretFiles.length > 0 ? `defined: ${secretFiles.map(each => `'${each.name}'`).sort().join(', ')}` : 'none is defined';
    return [`toolSecrets names '${name}', which is not among 'secrets' (${has}); add '${name}' to 'secrets'`];
  }),
};
