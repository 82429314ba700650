import { normaliseUrl } from '../../normalisers/index.js';
import { LIMITS } from '../limits.js';
import { allTexts, firstText, isMissing } from '../values.js';
import type { FieldDefinition } from './definition.js';

/** Several addresses in one text. */
const BETWEEN = /[\s,;|]+(?=(?:https?:)?\/\/)/i;

export const url: FieldDefinition = {
  name: 'url',
  summary: "Address of the product's page.",
  many: false,
  compile: (evaluate) => (data, draft, notes) => {
    const value = evaluate(data, notes);
    if (isMissing(value)) return;
    const found = normaliseUrl(firstText(value) ?? '');
    if (found === undefined) notes.push('invalid:url');
    else draft.url = found;
  },
};

export const images: FieldDefinition = {
  name: 'images',
  summary: 'Addresses of pictures, the best first.',
  many: true,
  compile: (evaluate) => (data, draft, notes) => {
    const found = new Set<string>();
    for (const text of allTexts(evaluate(data, notes))) {
      for (const part of text.length > LIMITS.raw ? [] : text.split(BETWEEN)) {
        const address = normaliseUrl(part);
        if (address === undefined) notes.push('invalid:images');
        else if (found.size < LIMITS.images) found.add(address);
        else notes.push('truncated:images');
      }
    }
    draft.images = [...found];
  },
};
