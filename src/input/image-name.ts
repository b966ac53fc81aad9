/** @see https://github.com/distribution/reference */
const IMAGE = /^[a-zA-Z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/;

export function isImageName(value: unknown): boolean {
  return typeof value === 'string' && IMAGE.test(value);
}
