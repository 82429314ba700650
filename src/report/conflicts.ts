import type { Sql } from '../platform/database/port.js';
import { type CanonicalProduct, compareText, type Price } from '../records.js';
import * as sql from './conflicts.sql.js';
import type { AttributeConflicts, ConflictExample, Conflicts, PriceConflicts } from './types.js';

/** Records shown of a golden record in conflict; `moreRecords` says how many were left out. */
const RECORDS_SHOWN = 8;

interface MemberRow {
  golden_id: string;
  source: string;
  source_id: string;
  product: CanonicalProduct;
  values: Partial<CanonicalProduct>;
  count: number;
}

/** Attributes listed; how many more there are is told. */
const ATTRIBUTES_SHOWN = 40;

interface ConflictRow {
  attribute: string;
  compared: number;
  conflicting: number;
  examples: string[];
}

/**
 * Golden records whose records disagree, with examples. Attributes that no golden record has twice are left out; brand,
 * model, MPN and GTIN are always there.
 */
export async function collectConflicts(database: Sql, tolerance: number, examples: number): Promise<Conflicts> {
  const prices = await database.query<{
    currency: string;
    compared: number;
    conflicting: number;
    median_spread: number;
    examples: string[];
  }>(sql.PRICE_CONFLICTS, [tolerance, examples]);
  const gtins = await database.query<Omit<ConflictRow, 'attribute'>>(sql.GTIN_CONFLICTS, [examples]);
  const stated = await database.query<ConflictRow & { attributes: number; all_conflicting: number }>(
    sql.ATTRIBUTE_CONFLICTS,
    [examples, ATTRIBUTES_SHOWN],
  );
  const attributes = withAlways([
    ...gtins.map((row) => ({ attribute: 'gtins', ...row })),
    ...stated.map(({ attribute, compared, conflicting, examples: ids }) => ({
      attribute,
      compared,
      conflicting,
      examples: ids,
    })),
  ]);

  const ids = new Set([...prices, ...attributes].flatMap((row) => row.examples));
  const rows = await database.query<MemberRow>(sql.CONFLICT_MEMBERS, [[...ids].sort(), RECORDS_SHOWN]);
  const members = new Map<string, MemberRow[]>([...ids].map((id) => [id, []]));
  for (const row of rows) members.get(row.golden_id)?.push(row);
  const example = (path: string) => (id: string) => exampleOf(id, members.get(id) ?? [], path);
  const shown = stated.reduce((n, row) => n + row.conflicting, 0);
  return {
    priceTolerance: tolerance,
    prices: prices.map(
      (row): PriceConflicts => ({
        currency: row.currency,
        compared: row.compared,
        conflicting: row.conflicting,
        medianSpread: row.median_spread,
        examples: row.examples.map(example('price')).map((of) => ({
          ...of,
          values: of.values.filter(({ value }) => ((value as Price).currency ?? '') === row.currency),
        })),
      }),
    ),
    attributes: attributes.map(
      (row): AttributeConflicts => ({ ...row, examples: row.examples.map(example(row.attribute)) }),
    ),
    attributesLeftOut: {
      attributes: (stated[0]?.attributes ?? 0) - stated.length,
      conflicting: (stated[0]?.all_conflicting ?? 0) - shown,
    },
  };
}

function withAlways(rows: ConflictRow[]): ConflictRow[] {
  for (const attribute of ['brand', 'model', 'mpn', 'gtins'])
    if (!rows.some((row) => row.attribute === attribute))
      rows.push({ attribute, compared: 0, conflicting: 0, examples: [] });
  return rows.sort(
    (x, y) => y.conflicting - x.conflicting || y.compared - x.compared || compareText(x.attribute, y.attribute),
  );
}

function exampleOf(goldenId: string, rows: readonly MemberRow[], path: string): ConflictExample {
  const golden = rows[0];
  const values = rows
    .map((row) => ({ source: row.source, sourceId: row.source_id, value: valueAt(row.product, path) ?? null }))
    .filter(({ value }) => value !== null && !(Array.isArray(value) && value.length === 0));
  return {
    goldenId,
    title: golden?.values.title ?? '',
    taken: (golden && valueAt(golden.values, path)) ?? null,
    values,
    moreRecords: golden === undefined ? 0 : golden.count - rows.length,
  };
}

/** The value at `price`, `quantity.total`, `attributes.a.b` (the last two names of which are one key). */
function valueAt(product: Partial<CanonicalProduct>, path: string): unknown {
  const dot = path.indexOf('.');
  const top = (product as Record<string, unknown>)[dot < 0 ? path : path.slice(0, dot)];
  if (dot < 0 || typeof top !== 'object' || top === null) return dot < 0 ? top : undefined;
  const name = path.slice(dot + 1);
  return Object.hasOwn(top, name) ? (top as Record<string, unknown>)[name] : undefined;
}
