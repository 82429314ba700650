import { didYouMean } from '../../../suggest.js';
import { cleanText, type GtinField, isPlaceholder, normaliseGtin } from '../../normalisers/index.js';
import { addNew, type Draft } from '../draft.js';
import { cut, LIMITS } from '../limits.js';
import type { Notes } from '../notes.js';
import { allTexts } from '../values.js';
import type { FieldDefinition } from './definition.js';

const SEPARATORS = /[,;|/\n]+|\s+(?=\d{8})/;
const KINDS = ['gtin', 'mixed'];

/** Keeps a code that is no GTIN where people can see it, without letting it identify anything. */
function keepInvalid(text: string, draft: Draft): void {
  const known = draft.attributes.get('gtin_invalid');
  const all = known === undefined ? [] : Array.isArray(known) ? known : [String(known)];
  if (all.length < 10 && !all.includes(text)) draft.attributes.set('gtin_invalid', [...all, text]);
}

function addGtin(text: string, kind: GtinField, draft: Draft, notes: Notes): void {
  const read = normaliseGtin(text, kind);
  if (read.kind === 'gtin') addNew(draft.gtins, read.gtin14);
  else if (read.kind === 'internal') addNew(draft.internalCodes, read.code);
  else if (SEPARATORS.test(text.trim())) {
    for (const part of text.trim().split(SEPARATORS)) if (part.trim() !== '') addGtin(part.trim(), kind, draft, notes);
  } else {
    notes.push('invalid:gtin');
    if (read.reason !== 'placeholder') keepInvalid(cut(cleanText(text), LIMITS.text, 'gtin', notes), draft);
  }
}

export const gtin: FieldDefinition = {
  name: 'gtin',
  summary: "GTIN-8/12/13/14, ISBN or UPC-E. With `kind: mixed` the field also holds the seller's own numbers.",
  many: true,
  options: ['kind'],
  compile(evaluate, { problems }, options, at) {
    const kind = (options.kind ?? 'gtin') as GtinField;
    if (!KINDS.includes(kind))
      problems.add([...at, 'kind'], `kind is one of ${KINDS.join(', ')}${didYouMean(String(kind), KINDS)}`);
    return (data, draft, notes) => {
      const texts = allTexts(evaluate(data, notes));
      if (texts.length > LIMITS.codes) notes.push('truncated:gtin');
      for (const text of texts.slice(0, LIMITS.codes)) {
        if (text.length > LIMITS.attribute) notes.push('invalid:gtin');
        else if (!isPlaceholder(text)) addGtin(text, kind, draft, notes);
      }
    };
  },
};

export const internalCode: FieldDefinition = {
  name: 'internal_code',
  summary: "The seller's own article numbers: they never join records of two sources.",
  many: true,
  compile: (evaluate) => (data, draft, notes) => {
    const texts = allTexts(evaluate(data, notes));
    if (texts.length > LIMITS.codes) notes.push('truncated:internal_code');
    for (const text of texts.slice(0, LIMITS.codes)) {
      const clean = cut(cleanText(cut(text, LIMITS.raw, 'internal_code', notes)), LIMITS.text, 'internal_code', notes);
      if (!isPlaceholder(clean)) addNew(draft.internalCodes, clean);
    }
  },
};
