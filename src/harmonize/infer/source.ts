import { stringify } from 'yaml';
import { findCurrency, parsePrice } from '../normalisers/index.js';
import { type ColumnRole, inferRoles, type Role } from './roles.js';
import { columnsOf, type SampledColumn } from './rows.js';

/** Draft files, as YAML with comments, for a person to finish. */
export interface SourceDraft {
  /** Text of `config/sources/<name>.yaml`. */
  source: string;
  /** Text of `config/contracts/<contract>.yaml`. */
  contract: string;
  /** What each column was taken for. */
  roles: ColumnRole[];
}

export interface DraftOptions {
  name: string;
  contract: string;
  /** The connector with its options, as far as they are known. */
  connector: Record<string, unknown>;
}

/** The target field of a role; undefined for roles that no field takes. */
const FIELD: Partial<Record<Role, string>> = {
  title: 'title',
  description: 'description',
  brand: 'brand',
  model: 'model',
  mpn: 'mpn',
  gtin: 'gtin',
  category: 'category',
  price: 'price',
  currency: 'currency',
  quantity: 'quantity',
  size: 'size',
  colour: 'colour',
  condition: 'condition',
  availability: 'availability',
  image: 'images',
  url: 'url',
};

const percent = (confidence: number) => `${Math.round(confidence * 100)} %`;
const quoted = (value: unknown) => stringify(value).trimEnd();

function example(column: SampledColumn): string {
  const sample = column.samples.find((value) => value.trim() !== '');
  if (sample === undefined) return '';
  const short = sample.replace(/\s+/g, ' ').trim();
  return `, such as ${short.length > 40 ? `${short.slice(0, 40)}…` : short}`;
}

/** Names of times of change, the surest first; only where the values are times is it taken. */
function updatedAt(columns: readonly SampledColumn[]): string | undefined {
  const named = columns.filter(({ path }) =>
    /(?:updated|modified|changed|last_update)(?:_?(?:at|on|date|time))?$/i.test(path),
  );
  return named.find(({ samples }) => samples.some((value) => /^\d{4}-\d{2}-\d{2}|^\d{10,13}$/.test(value.trim())))
    ?.path;
}

/** Decimal commas in the prices say that the feed is not English. */
function locale(columns: readonly SampledColumn[], roles: readonly ColumnRole[]): string | undefined {
  const at = roles.findIndex(({ role }) => role === 'price');
  const prices = columns[at]?.samples ?? [];
  const comma = prices.filter((value) => /\d,\d{1,2}(?:\D|$)/.test(value)).length;
  const point = prices.filter((value) => /\d\.\d{1,2}(?:\D|$)/.test(value)).length;
  return comma > point ? 'de' : undefined;
}

function namesCurrency(columns: readonly SampledColumn[], roles: readonly ColumnRole[]): boolean {
  if (roles.some(({ role }) => role === 'currency')) return true;
  const prices = columns[roles.findIndex(({ role }) => role === 'price')]?.samples ?? [];
  return prices.some((value) => parsePrice(value) !== undefined && findCurrency(value) !== undefined);
}

function mappingLines(columns: readonly SampledColumn[], roles: readonly ColumnRole[]): string[] {
  const lines: string[] = [];
  for (const [role, field] of Object.entries(FIELD) as [Role, string][]) {
    const found = roles.flatMap((one, at) => (one.role === role ? [{ ...one, column: columns[at]! }] : []));
    const [first] = found;
    if (first === undefined) continue;
    const paths = found.map(({ column }) => column.path);
    const value = paths.length === 1 ? quoted(paths[0]) : `[${paths.map((path) => JSON.stringify(path)).join(', ')}]`;
    lines.push(`  ${field}: ${value} # ${percent(first.confidence)} sure${example(first.column)}`);
  }
  const named = locale(columns, roles);
  if (named !== undefined) lines.push(`  locale: ${named} # prices have a decimal comma`);
  if (roles.some(({ role }) => role === 'price') && !namesCurrency(columns, roles))
    lines.push('  # currency: EUR # the prices name no currency');
  const labels = roles.filter(({ role }) => role === 'label').map(({ column }) => column);
  lines.push('  attributes:', '    rest: true # every column that nothing above reads');
  if (labels.length > 0)
    lines.push(`    exclude: [${labels.map((name) => JSON.stringify(name)).join(', ')}] # labels, not data`);
  return lines;
}

function keyOf(columns: readonly SampledColumn[], roles: readonly ColumnRole[]): { path: string; note: string } {
  const named = columns[roles.findIndex(({ role }) => role === 'id')];
  if (named !== undefined) return { path: named.path, note: '' };
  const distinct = columns.find(({ samples, complete }) => complete && new Set(samples).size === samples.length);
  return distinct === undefined
    ? { path: 'id', note: ' # no column was found that tells the records apart' }
    : { path: distinct.path, note: ' # no column is called an id; this one is different in every row' };
}

/**
 * Drafts a source file and its contract from sampled rows: columns of a CSV, or records of a JSON or XML feed. Pure; what was guessed is said in
 * comments.
 */
export function inferSource(rows: readonly unknown[], { name, contract, connector }: DraftOptions): SourceDraft {
  const columns = columnsOf(rows);
  const roles = inferRoles(columns.map(({ path, samples }) => ({ name: path, samples })));
  const key = keyOf(columns, roles);
  const changed = updatedAt(columns);
  const source = [
    `# Draft of a source, inferred from ${rows.length} sampled records. Check every line; \`assay source check ${name}\` tries it.`,
    stringify({ connector }).trimEnd(),
    'schedule: daily',
    `contract: ${contract}`,
    'priority: 0 # the greater wins where sources disagree',
    'unique: false # true when the source lists each product once',
    'feed: full # delta when a pull lists only changes',
    `key: ${quoted(key.path)}${key.note}`,
    ...(changed === undefined ? [] : [`updated_at: ${quoted(changed)}`]),
    'mapping:',
    ...mappingLines(columns, roles),
    '',
  ].join('\n');
  const fields = columns.map((column) => {
    const required = column.path === key.path && column.complete;
    return `  ${quoted(column.path)}: {type: ${column.type}${required ? ', required: true' : ''}}`;
  });
  const contractText = [
    `# Draft of a contract, inferred from ${rows.length} sampled records.`,
    'fields:',
    ...(fields.length > 0 ? fields : ['  id: {type: any, required: true}']),
    'policy: {new_field: accept, missing_field: quarantine, retyped_field: quarantine}',
    '',
  ].join('\n');
  return { source, contract: contractText, roles };
}
