import {
  isPlaceholder,
  memo,
  normaliseAvailability,
  normaliseColour,
  normaliseCondition,
} from '../../normalisers/index.js';
import type { Draft } from '../draft.js';
import { LIMITS } from '../limits.js';
import { firstText, isMissing } from '../values.js';
import type { FieldDefinition } from './definition.js';

function wordField<K extends 'colour' | 'condition' | 'availability'>(
  name: K,
  summary: string,
  read: (text: string) => Draft[K],
): FieldDefinition {
  const remembered = memo(read);
  return {
    name,
    summary,
    many: false,
    compile: (evaluate) => (data, draft, notes) => {
      const value = evaluate(data, notes);
      if (isMissing(value)) return;
      const text = firstText(value);
      if (text !== undefined && isPlaceholder(text)) return;
      const found = text === undefined || text.length > LIMITS.text ? undefined : remembered(text);
      if (found === undefined || found === '') notes.push(`invalid:${name}`);
      else draft[name] = found;
    },
  };
}

export const colour = wordField('colour', 'Colour, in English; shades are kept apart.', normaliseColour);
export const condition = wordField(
  'condition',
  'new, refurbished, used or damaged, from any wording.',
  normaliseCondition,
);
export const availability = wordField(
  'availability',
  'in_stock, out_of_stock, preorder or discontinued, from words, flags or a stock count.',
  normaliseAvailability,
);
