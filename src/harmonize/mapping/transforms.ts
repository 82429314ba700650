import {
  cleanRichText,
  cleanText,
  foldText,
  normaliseBrand,
  normaliseCode,
  normaliseColour,
  parseDate,
  parseNumber,
} from '../normalisers/index.js';

/** A named step on one value; lists are taken element by element. Undefined drops the value. Never throws. */
export type Transform = (value: unknown) => unknown;

export interface TransformDefinition {
  summary: string;
  /** Arguments in words: '' for none. */
  takes: '' | 'text' | 'number' | 'two texts' | 'one or two numbers';
  /** Called once, with arguments that were checked. @throws Error with a reason for people. */
  make(...args: (string | number)[]): Transform;
}

const onText =
  (change: (text: string) => unknown): Transform =>
  (value) =>
    typeof value === 'string'
      ? change(value)
      : typeof value === 'number' || typeof value === 'boolean'
        ? change(String(value))
        : undefined;

const text = (summary: string, change: (value: string) => unknown): TransformDefinition => ({
  summary,
  takes: '',
  make: () => onText(change),
});

const numeric = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' ? parseNumber(value) : undefined;

function capitalise(value: string): string {
  return value.toLowerCase().replace(/(?<!\p{L}['’]?)\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Every transform by name. A new one is one line here. */
export const TRANSFORMS: Readonly<Record<string, TransformDefinition>> = {
  trim: text('without spaces around', (value) => value.trim()),
  lower: text('lower case', (value) => value.toLowerCase()),
  upper: text('upper case', (value) => value.toUpperCase()),
  capitalise: text('each word with a capital', capitalise),
  clean: text('clean Unicode, entities decoded, single spaces', cleanText),
  strip_html: text('text of an HTML fragment', cleanRichText),
  fold: text('folded for comparison: lower case, no accents', foldText),
  digits: text('digits only', (value) => value.replace(/\D+/g, '')),
  code: text('a model or part number: upper case, no separators', normaliseCode),
  brand: text('a brand without legal forms, folded', normaliseBrand),
  colour: text('a colour in English', normaliseColour),
  number: text('a number', (value) => parseNumber(value)),
  date: text('a date as ISO 8601', (value) => parseDate(value)),
  basename: text('the last part of a path or address', (value) =>
    value
      .replace(/[/\\#]+$/, '')
      .split(/[/\\#]/)
      .pop(),
  ),
  decode_url: text('percent escapes decoded', (value) => {
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  }),
  prefix: { summary: 'text put before', takes: 'text', make: (before) => onText((value) => `${before}${value}`) },
  suffix: { summary: 'text put after', takes: 'text', make: (after) => onText((value) => `${value}${after}`) },
  remove: {
    summary: 'every match of a regular expression taken out',
    takes: 'text',
    make: (pattern) => {
      const matches = new RegExp(String(pattern), 'giu');
      return onText((value) => value.replace(matches, ''));
    },
  },
  replace: {
    summary: 'every match of a regular expression replaced ($1 is the first group)',
    takes: 'two texts',
    make: (pattern, by) => {
      const matches = new RegExp(String(pattern), 'giu');
      return onText((value) => value.replace(matches, String(by)));
    },
  },
  extract: {
    summary: 'the first match of a regular expression, or its first group; no match drops the value',
    takes: 'text',
    make: (pattern) => {
      const matches = new RegExp(String(pattern), 'iu');
      return onText((value) => {
        const match = matches.exec(value);
        return match === null ? undefined : (match[1] ?? match[0]);
      });
    },
  },
  before: {
    summary: 'what stands before the first occurrence of a text; all when it does not occur',
    takes: 'text',
    make: (mark) =>
      onText((value) => (value.includes(String(mark)) ? value.slice(0, value.indexOf(String(mark))) : value)),
  },
  after: {
    summary: 'what stands after the first occurrence of a text; all when it does not occur',
    takes: 'text',
    make: (mark) =>
      onText((value) =>
        value.includes(String(mark)) ? value.slice(value.indexOf(String(mark)) + String(mark).length) : value,
      ),
  },
  slice: {
    summary: 'a part by positions from 0, negative from the end',
    takes: 'one or two numbers',
    make: (from, to) => onText((value) => value.slice(Number(from), to === undefined ? undefined : Number(to))),
  },
  pad_start: {
    summary: 'zeros put before, up to a length',
    takes: 'number',
    make: (length) => onText((value) => value.padStart(Math.min(Number(length), 100), '0')),
  },
  multiply: {
    summary: 'a number times another',
    takes: 'number',
    make: (factor) => (value) => {
      const number = numeric(value);
      return number === undefined ? undefined : Number((number * Number(factor)).toPrecision(12));
    },
  },
};
