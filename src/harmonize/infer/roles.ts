import { type ColumnContent, contentOf } from './content.js';
import { namePreference, roleOfName } from './names.js';

export const ROLES = [
  'title',
  'brand',
  'model',
  'mpn',
  'gtin',
  'price',
  'currency',
  'description',
  'category',
  'colour',
  'size',
  'weight',
  'quantity',
  'condition',
  'availability',
  'image',
  'url',
  'id',
  'label',
  'attribute',
] as const;

/** What a column holds. `label` is a match label or cluster id that must never be read; `attribute` is anything else. */
export type Role = (typeof ROLES)[number];

export interface Column {
  name: string;
  /** Some of its values, as text; empty ones may be among them. */
  samples: readonly string[];
}

export interface ColumnRole {
  column: string;
  role: Role;
  /** 0..1 */
  confidence: number;
}

/** Roles that several columns may have. */
const MANY: ReadonlySet<Role> = new Set<Role>(['gtin', 'image', 'label', 'attribute']);

/** What content says against or for the role a name suggests: the confidence, or undefined when it cannot be that. */
function confirmed(role: Role, confidence: number, content: ColumnContent): number | undefined {
  if (content.filled === 0) return confidence * 0.5;
  switch (role) {
    case 'gtin':
      return content.number + content.gtin < 0.3 ? undefined : Math.min(1, confidence + 0.1 * content.gtin);
    case 'price':
      return content.number + content.money < 0.3 ? undefined : confidence;
    case 'currency':
      return content.length > 12 ? undefined : confidence;
    case 'image':
      return content.url < 0.3 && content.image < 0.3 && content.words > 3 ? undefined : confidence;
    case 'url':
      return content.length < 4 ? undefined : confidence;
    case 'title':
      return content.number > 0.9 ? undefined : confidence;
    case 'brand':
      return content.number > 0.9 || content.words > 8 ? undefined : confidence;
    case 'availability':
    case 'condition':
      return content.length > 60 ? undefined : confidence;
    default:
      return confidence;
  }
}

/** What the values alone say, for columns whose name says nothing. */
function roleOfContent(content: ColumnContent): { role: Role; confidence: number } | undefined {
  if (content.filled === 0) return undefined;
  if (content.image > 0.7) return { role: 'image', confidence: 0.7 };
  if (content.url > 0.7) return { role: 'url', confidence: 0.6 };
  if (content.gtin > 0.6) return { role: 'gtin', confidence: 0.7 };
  if (content.currency > 0.9) return { role: 'currency', confidence: 0.6 };
  if (content.money > 0.8 && content.words < 4) return { role: 'price', confidence: 0.5 };
  if (content.condition > 0.9) return { role: 'condition', confidence: 0.5 };
  if (content.availability > 0.9) return { role: 'availability', confidence: 0.5 };
  if (content.colour > 0.8 && content.words < 4) return { role: 'colour', confidence: 0.5 };
  if (content.code > 0.8 && content.distinct > 0.5) return { role: 'mpn', confidence: 0.4 };
  return undefined;
}

/** How much a column without a telling name looks like titles: several words, mostly distinct, not pages of text. */
function titleLikeness(content: ColumnContent): number {
  if (content.number > 0.5 || content.url > 0.3 || content.words < 1.5 || content.length > 400) return 0;
  return content.distinct * Math.min(1, content.words / 4) * (content.length > 200 ? 0.5 : 1);
}

interface Candidate {
  at: number;
  role: Role;
  confidence: number;
}

function candidates(columns: readonly Column[], contents: readonly ColumnContent[]): Candidate[] {
  return columns.flatMap(({ name }, at) => {
    const content = contents[at]!;
    const named = roleOfName(name);
    const confidence = named === undefined ? undefined : confirmed(named.role, named.confidence, content);
    if (named !== undefined && confidence !== undefined) return [{ at, role: named.role, confidence }];
    const seen = roleOfContent(content);
    return seen === undefined ? [] : [{ at, ...seen }];
  });
}

/**
 * Says what each column of a table holds, from its name and some of its values. One answer a column, in the given order. A role that only
 * one column can have goes to the surest, then to the plainest name, then to the first; the others become `attribute`. Where no column is named like
 * a title, the column that looks most like one takes it. Pure and deterministic.
 */
export function inferRoles(columns: readonly Column[]): ColumnRole[] {
  const contents = columns.map(({ samples }) => contentOf(samples));
  const ranked = candidates(columns, contents).sort(
    (a, b) =>
      b.confidence - a.confidence ||
      namePreference(columns[a.at]!.name) - namePreference(columns[b.at]!.name) ||
      a.at - b.at,
  );
  const roles = columns.map(({ name }): ColumnRole => ({ column: name, role: 'attribute', confidence: 0.3 }));
  const taken = new Set<Role>();
  for (const { at, role, confidence } of ranked) {
    if (taken.has(role) && !MANY.has(role)) continue;
    taken.add(role);
    roles[at] = { column: columns[at]!.name, role, confidence };
  }
  if (!taken.has('title')) nameTitle(roles, contents);
  return roles;
}

/** Gives `title` to the likeliest free column, else to the description, which then serves as one. */
function nameTitle(roles: ColumnRole[], contents: readonly ColumnContent[]): void {
  let best = -1;
  roles.forEach((role, at) => {
    if (role.role !== 'attribute' || titleLikeness(contents[at]!) <= 0) return;
    if (best < 0 || titleLikeness(contents[at]!) > titleLikeness(contents[best]!)) best = at;
  });
  if (best < 0) best = roles.findIndex(({ role }) => role === 'description');
  if (best >= 0) roles[best] = { column: roles[best]!.column, role: 'title', confidence: 0.4 };
}
