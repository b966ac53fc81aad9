import { filesOf } from '../../settings/settings';
import { Rule } from '../rule';

export const secretPlainText: Rule = {
  id: 'secret-plain-text',
  kind: 'environment',
  check: settings => filesOf(settings).filter(({ source }) => source._isPlainText).map(({ prop }) =>
    `${prop} is plain text in the manifests; use SecretSource.fromStore(), fromSecret() or fromSecretName()`),
};
