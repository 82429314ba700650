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
