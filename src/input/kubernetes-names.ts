/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export function isObjectName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(value);
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export function isNamespaceName(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value);
}

/** @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
export function isSecretKey(value: unknown): boolean {
  return typeof value === 'string' && /^[-._a-zA-Z0-9]{1,253}$/.test(value) && !/^\.(\.|$)/.test(value) && value !== '__proto__';
}

/** @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
export function isVariableName(value: unknown): boolean {
  return typeof value === 'string' && /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value);
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export function isLabelName(value: unknown): boolean {
  const [name, prefix, ...rest] = typeof value === 'string' ? value.split('/').reverse() : [''];
  return name !== '' && isLabelValue(name) && rest.length === 0 && (prefix === undefined || isObjectName(prefix));
}

/** As `isLabelName`. */
export function isLabelValue(value: unknown): boolean {
  return typeof value === 'string' && /^([a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)?$/.test(value);
}
