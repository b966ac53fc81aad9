/** Only this library has it: it proves that a constructor was called by a factory of its class. */
export const SEAL: symbol = Symbol('sealed');

/**
 * Refuses `new` and `extends` where a class has a fixed set of factories. The compiler refuses both; this is for callers without one.
 *
 * @param target `new.target` of the constructor
 * @param use the factories, for the message
 */
export function sealed(seal: symbol, target: Function, own: Function, use: string): void {
  if (target !== own) throw new Error(`class '${target.name}' extends ${own.name}, which cannot be extended; use ${use}`);
  if (seal !== SEAL) throw new Error(`${own.name} has no public constructor; use ${use}`);
}
