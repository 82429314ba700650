import { hash63 } from '../../hash.js';
import { keyText } from '../../records.js';

/** A record's id in the store: 63 bits of its key's hash, the same on every machine and after every restart. */
export function ridOf(source: string, sourceId: string): bigint {
  return hash63(keyText(source, sourceId));
}

/** int8 columns come as number where that is safe; ids are always compared as bigint. */
export function toRid(value: unknown): bigint {
  return typeof value === 'bigint' ? value : BigInt(value as number | string);
}

/** Ids as a parameter: arrays bind as one text array and are cast in the statement. */
export function ridParam(rids: Iterable<bigint>): string[] {
  return Array.from(rids, (rid) => rid.toString());
}

/** Items in the order of their ids: the order in which rows are locked. */
export function inOrder<T>(items: readonly T[], idOf: (item: T) => bigint): T[] {
  return [...items].sort((x, y) => compareRids(idOf(x), idOf(y)));
}

export function compareRids(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
