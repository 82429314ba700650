/** Reads `run.summary`: figures that were never written count as zero, so that the report of an early run is whole. */

export type Json = Readonly<Record<string, unknown>>;

export function child(value: unknown, name: string): Json {
  const inner = typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
  return typeof inner === 'object' && inner !== null ? (inner as Json) : {};
}

export function figure(value: Json, name: string): number {
  const found = value[name];
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
}

/** The numbers of an object, greatest first, equals by name. */
export function ranked(value: Json): [string, number][] {
  return Object.keys(value)
    .map((name): [string, number] => [name, figure(value, name)])
    .sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
}
