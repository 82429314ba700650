import { foldText } from '../../harmonize/normalisers/index.js';
import { type Contents, contentsOf } from './contents.js';
import { nameRank, type Role, roleByName } from './roles.js';

export interface Column {
  name: string;
  role: Role;
  /** How the role was found: shown to the user. */
  why: string;
}

/** Rows that inference looks at. */
export const SAMPLE_ROWS = 1000;

/** Roles of which a table has one column; a second one is an attribute. */
const SINGLE: readonly Role[] = ['title', 'price', 'currency', 'colour', 'size', 'quantity', 'condition'];
const percent = (share: number) => `${Math.round(share * 100)} %`;

/**
 * Finds out what each column means: by its name where the contents do not contradict it, else by its contents. A name
 * that says label wins over everything. Exactly one column named id (in any case) is the id; the caller checks that there is one.
 *
 * @param rows the first rows, at most `SAMPLE_ROWS` are looked at
 */
export function inferColumns(names: readonly string[], rows: readonly Readonly<Record<string, string>>[]): Column[] {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const valuesOf = (name: string) => sample.map((row) => row[name] ?? '');
  const columns = names.map((name) => byName(name, contentsOf(valuesOf(name))));
  keepFirst(columns);
  const open = () => columns.filter((column) => column.role === 'attribute' && column.why === '');
  if (!columns.some((column) => column.role === 'title')) chooseTitle(open(), valuesOf);
  const title = columns.find((column) => column.role === 'title');
  const titles = title === undefined ? undefined : valuesOf(title.name).map(foldText);
  for (const column of open()) {
    const found = byContents(contentsOf(valuesOf(column.name), titles), columns);
    column.role = found?.role ?? 'attribute';
    column.why = found?.why ?? 'no other role fits';
  }
  return columns;
}

function byName(name: string, contents: Contents): Column {
  const verdict = roleByName(name);
  if (verdict === undefined) return { name, role: 'attribute', why: '' };
  const { role, why } = verdict;
  if (role === 'id' || role === 'ignore') return { name, role, why };
  const doubt = contradiction(role, contents);
  return doubt === undefined ? { name, role, why } : { name, role: 'attribute', why: `${doubt}, against its name` };
}

function contradiction(role: Role, contents: Contents): string | undefined {
  if (contents.filled === 0) return undefined;
  if (role === 'price' && contents.prices < 0.3) return `only ${percent(contents.prices)} are prices`;
  if (role === 'gtin' && contents.words > 3) return 'words, not codes';
  if ((role === 'model' || role === 'mpn') && contents.words > 8) return 'sentences, not numbers';
  if (role === 'brand' && contents.words > 6) return 'sentences, not names';
  if (role === 'attributes' && contents.objects < 0.5) return 'not JSON objects';
  return undefined;
}

/** Of several columns for a role that takes one, the likeliest name keeps it. */
function keepFirst(columns: readonly Column[]): void {
  for (const role of SINGLE) {
    const rivals = columns.filter((column) => column.role === role);
    rivals.sort((x, y) => nameRank(x.name, role) - nameRank(y.name, role));
    for (const column of rivals.slice(1)) {
      column.role = 'attribute';
      column.why = `${rivals[0]!.name} is the ${role}`;
    }
  }
}

/** The column that reads most like a name: several words, mostly different, not an essay. */
function chooseTitle(columns: readonly Column[], valuesOf: (name: string) => string[]): void {
  let best: Column | undefined;
  let bestScore = 0;
  for (const column of columns) {
    const contents = contentsOf(valuesOf(column.name));
    if (contents.objects > 0.5 || contents.links > 0.5 || contents.words < 1.2) continue;
    // Names have six words or so; descriptions have dozens.
    const length = Math.min(contents.words, 6, (20 / contents.words) ** 2 * 6);
    const score = length * contents.distinct * contents.filled;
    if (score <= bestScore) continue;
    best = column;
    bestScore = score;
  }
  if (best === undefined) return;
  best.role = 'title';
  best.why = 'its contents read most like names';
}

function byContents(contents: Contents, columns: readonly Column[]): { role: Role; why: string } | undefined {
  const taken = (role: Role) => columns.some((column) => column.role === role);
  if (contents.objects >= 0.8) return { role: 'attributes', why: 'its contents: JSON objects' };
  if (contents.links >= 0.8) return { role: 'url', why: 'its contents: links' };
  if (contents.gtins >= 0.5) return { role: 'gtin', why: `its contents: ${percent(contents.gtins)} GTINs` };
  if (contents.money >= 0.8 && !taken('price'))
    return { role: 'price', why: `its contents: ${percent(contents.money)} prices` };
  if (contents.codesInTitle >= 0.3 && contents.distinct >= 0.5 && !taken('model'))
    return { role: 'model', why: `its contents: ${percent(contents.codesInTitle)} are codes that the title names` };
  if (contents.startsTitle >= 0.5 && contents.distinct < 0.5 && contents.words < 4 && !taken('brand'))
    return { role: 'brand', why: `its contents: ${percent(contents.startsTitle)} of the titles begin with it` };
  if (contents.paths >= 0.5 && !taken('category')) return { role: 'category', why: 'its contents: paths' };
  if (contents.words >= 20 && !taken('description')) return { role: 'description', why: 'its contents: long text' };
  return undefined;
}
