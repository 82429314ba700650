export type Reader = (data: unknown) => unknown;

/**
 * Compiles a path into a record: `id`, `offer.price`, `codes.0`. A key that is literally called so wins over steps, so
 * that columns with dots in their names can be read. Missing steps give undefined; inherited properties are not seen.
 */
export function compilePath(path: string): Reader {
  const steps = path.split('.');
  if (steps.length === 1) return (data) => own(data, path);
  return (data) => {
    const whole = own(data, path);
    if (whole !== undefined) return whole;
    let value = data;
    for (const step of steps) {
      value = own(value, step);
      if (value === undefined) return undefined;
    }
    return value;
  };
}

function own(data: unknown, name: string): unknown {
  if (data === null || typeof data !== 'object' || !Object.hasOwn(data, name)) return undefined;
  return (data as Record<string, unknown>)[name];
}
