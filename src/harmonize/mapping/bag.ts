import { cleanRichText, isPlaceholder } from '../normalisers/index.js';
import { attributeName } from './attribute-name.js';
import type { AttributeValue } from './draft.js';
import { cut, LIMITS } from './limits.js';
import type { Notes } from './notes.js';
import { isRecord, scalarText } from './values.js';

/** Objects within objects are flattened (`screen_size` of {screen: {size}}) so deep, deeper ones are noted and left out. */
const DEEPEST = 3;
const NAME_KEYS = ['name', 'key', 'attribute', 'label', 'title', 'property', 'k', '@name'];
const VALUE_KEYS = ['value', 'values', 'val', 'text', 'v', 'content', '#text', '@value'];

/** Takes one attribute: its normalised name and value. */
export type Take = (name: string, value: AttributeValue) => void;

function cleanValue(text: string, notes: Notes): string | undefined {
  const raw = text.length > LIMITS.raw ? cut(text, LIMITS.raw, 'attributes', notes) : text;
  const clean = cleanRichText(raw);
  return clean === '' || isPlaceholder(clean) ? undefined : cut(clean, LIMITS.attribute, 'attributes', notes);
}

/** A value fit for an attribute: text, number, true/false, or a list of texts; undefined when it says nothing. */
export function attributeValue(value: unknown, notes: Notes): AttributeValue | undefined {
  if (typeof value === 'string') return cleanValue(value, notes);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return undefined;
  const texts = new Set<string>();
  for (const item of value as unknown[]) {
    const text = scalarText(item);
    const clean = text === undefined ? undefined : cleanValue(text, notes);
    if (clean !== undefined && texts.size < LIMITS.codes) texts.add(clean);
    else if (clean !== undefined) notes.push('truncated:attributes');
  }
  const [only] = texts;
  return texts.size > 1 ? [...texts] : only;
}

/** {name, value} and [name, value] pairs, as many APIs list attributes. */
function pairOf(item: unknown): [string, unknown] | undefined {
  if (Array.isArray(item))
    return item.length === 2 && typeof item[0] === 'string' ? [item[0], item[1] as unknown] : undefined;
  if (!isRecord(item)) return undefined;
  const name = NAME_KEYS.map((key) => item[key]).find((value) => typeof value === 'string');
  const value = VALUE_KEYS.map((key) => item[key]).find((candidate) => candidate !== undefined);
  return typeof name === 'string' && value !== undefined ? [name, value] : undefined;
}

function openOne(name: string, value: unknown, depth: number, take: Take, notes: Notes): void {
  if (value === undefined || value === null || name === '') return;
  if (isRecord(value) || (Array.isArray(value) && value.some((item) => item !== null && typeof item === 'object'))) {
    if (depth >= DEEPEST) notes.push('dropped:nested_attribute');
    else openBag(value, take, notes, name, depth + 1);
    return;
  }
  const clean = attributeValue(value, notes);
  if (clean !== undefined) take(name, clean);
}

/**
 * Opens a bag of attributes: an object, a list of {name, value} or [name, value] pairs, or a list of such objects. Nested names are
 * joined by "_".
 */
export function openBag(bag: unknown, take: Take, notes: Notes, prefix = '', depth = 0): void {
  const named = (name: string) => (prefix === '' ? attributeName(name) : attributeName(`${prefix} ${name}`));
  if (Array.isArray(bag)) {
    for (const item of bag as unknown[]) {
      const pair = pairOf(item);
      if (pair !== undefined) openOne(named(pair[0]), pair[1], depth, take, notes);
      else if (isRecord(item) && depth < DEEPEST) openBag(item, take, notes, prefix, depth + 1);
      else if (item !== null && typeof item === 'object') notes.push('dropped:nested_attribute');
      else if (prefix !== '') openOne(prefix, item, depth, take, notes);
    }
    return;
  }
  if (!isRecord(bag)) return;
  const text = scalarText(bag['#text']);
  if (prefix !== '' && text !== undefined) openOne(prefix, text, depth, take, notes);
  for (const name in bag)
    if (Object.hasOwn(bag, name) && name !== '#text') openOne(named(name), bag[name], depth, take, notes);
}
