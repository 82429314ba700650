import { canonicalJson } from '../canonical-json.js';
import type { GoldenValues, Lineage } from '../golden.js';
import { foldText } from '../harmonize/normalisers/index.js';
import { type CanonicalProduct, compareText } from '../records.js';
import { qualityOf } from './quality.js';
import { type Candidate, RULES } from './survivorship/index.js';

/** A record that goes into a golden record. */
export interface Member {
  source: string;
  sourceId: string;
  /** Milliseconds since 1970 by the source's own clock. */
  timestamp: number;
  product: CanonicalProduct;
}

/** Which rule an attribute follows, and optionally whose values it prefers, best first. */
export interface AttributeRule {
  rule: string;
  prefer?: readonly string[] | undefined;
}

export interface MergeSettings {
  /** Rule of attributes that are not named. */
  default: AttributeRule;
  /** By attribute path (`price`, `attributes.platform`) or `attributes.*`, `variants.*`. */
  attributes: Readonly<Record<string, AttributeRule>>;
  priority: (source: string) => number;
}

/** A value a steward has set, by attribute path. */
export type Overrides = ReadonlyMap<string, unknown>;

export interface Merged {
  values: GoldenValues;
  lineage: Lineage;
  quality: number;
}

const SINGLE = [
  'title', 'description', 'brand', 'model', 'mpn', 'category', 'price', 'quantity', 'size', 'colour', 'condition',
  'availability', 'url',
] as const; // biome-ignore format: a list of names

/** What serves most catalogues; `golden` in the configuration overrides any of it. */
export const BUILT_IN_RULES: Readonly<Record<string, string>> = {
  gtins: 'union',
  images: 'union',
  description: 'longest',
  brand: 'majority',
  model: 'majority',
  mpn: 'majority',
  price: 'most_recent',
  availability: 'most_recent',
};

/** The surviving values of a cluster. A function of the members (in any order), the settings and the overrides. */
export function mergeMembers(
  members: readonly Member[],
  settings: MergeSettings,
  overrides: Overrides = new Map(),
): Merged {
  const lineage: Lineage = {};
  const ranked = [...members].sort((a, b) => compareText(a.source, b.source) || compareText(a.sourceId, b.sourceId));
  const completeness = new Map(ranked.map((member) => [member, filled(member.product)]));

  const survive = (path: string, read: (product: CanonicalProduct) => unknown): unknown => {
    const rule = ruleFor(path, settings);
    const candidates: Candidate[] = [];
    for (const member of ranked) {
      const value = read(member.product);
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      candidates.push({
        source: member.source,
        sourceId: member.sourceId,
        priority: priorityOf(member.source, rule, settings),
        timestamp: member.timestamp,
        completeness: completeness.get(member)!,
        value,
        text: agreementText(value),
      });
    }
    const override = overrides.get(path);
    if (override !== undefined) {
      lineage[path] = { rule: 'manual', from: [], others: candidates.map(other) };
      return override;
    }
    if (candidates.length === 0) return undefined;
    // The sort is stable, so equals stay in key order.
    candidates.sort((a, b) => b.priority - a.priority);
    const { value, from } = RULES.get(rule.rule)!.pick(candidates);
    const taken = new Set(from);
    lineage[path] = {
      rule: rule.rule,
      from: from.map(({ source, sourceId }) => ({ source, sourceId })).sort(byKey),
      others: candidates
        .filter((candidate) => !taken.has(candidate))
        .map(other)
        .sort(byKey),
    };
    return value;
  };

  const values: Record<string, unknown> = {};
  for (const field of SINGLE) values[field] = survive(field, (product) => product[field]);
  values.gtins = sorted(survive('gtins', (product) => product.gtins));
  values.images = survive('images', (product) => product.images) ?? [];
  for (const bag of ['variants', 'attributes'] as const) {
    const names = new Set<string>();
    for (const { product } of ranked) for (const name of Object.keys(product[bag])) names.add(name);
    const merged: Record<string, unknown> = {};
    for (const name of [...names].sort(compareText))
      merged[name] = survive(`${bag}.${name}`, (product) => product[bag][name]);
    values[bag] = merged;
  }
  for (const [name, value] of Object.entries(values)) if (value === undefined) delete values[name];
  const golden = values as unknown as GoldenValues;
  return { values: golden, lineage, quality: qualityOf(golden, lineage) };
}

function ruleFor(path: string, settings: MergeSettings): AttributeRule {
  const exact = settings.attributes[path];
  if (exact !== undefined) return exact;
  const dot = path.indexOf('.');
  const bag = dot < 0 ? undefined : settings.attributes[`${path.slice(0, dot)}.*`];
  if (bag !== undefined) return bag;
  const builtIn = BUILT_IN_RULES[path];
  return builtIn === undefined ? settings.default : { rule: builtIn };
}

function priorityOf(source: string, rule: AttributeRule, settings: MergeSettings): number {
  const place = rule.prefer?.indexOf(source) ?? -1;
  // Preferred sources come before all others, in the order they are named.
  return place >= 0 ? Number.MAX_SAFE_INTEGER - place : settings.priority(source);
}

/** Texts agree when they fold to the same letters; everything else when it is equal. */
function agreementText(value: unknown): string {
  return typeof value === 'string' ? foldText(value) : canonicalJson(value);
}

const other = ({ source, sourceId, value }: Candidate) => ({ source, sourceId, value });

const byKey = (a: { source: string; sourceId: string }, b: { source: string; sourceId: string }) =>
  compareText(a.source, b.source) || compareText(a.sourceId, b.sourceId);

const sorted = (value: unknown): string[] => [...((value as string[] | undefined) ?? [])].sort(compareText);

function filled(product: CanonicalProduct): number {
  let count = product.gtins.length > 0 ? 1 : 0;
  if (product.images.length > 0) count++;
  for (const field of SINGLE) if (product[field] !== undefined) count++;
  return count + Object.keys(product.attributes).length + Object.keys(product.variants).length;
}
