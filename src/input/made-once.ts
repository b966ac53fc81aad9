/** As many results are remembered: one for each kind of gateway in an app. */
const LIMIT = 100;

/** Makes of equal values, which are told by their JSON, one result: the gateways of one definition share it. */
export function madeOnce<V, R>(make: (value: V) => R): (value: V) => R {
  const known = new Map<string, R>();
  return value => {
    const id = JSON.stringify(value);
    let result = known.get(id);
    if (result === undefined) {
      if (known.size >= LIMIT) known.clear();
      result = make(value);
      known.set(id, result);
    }
    return result;
  };
}
