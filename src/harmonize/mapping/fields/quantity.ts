import { isPlaceholder, parseQuantity } from '../../normalisers/index.js';
import { LIMITS } from '../limits.js';
import { firstText, isMissing } from '../values.js';
import type { FieldDefinition } from './definition.js';

/** A longer text is a title or a description. */
const MOST_WORDS = 3;

export const quantity: FieldDefinition = {
  name: 'quantity',
  summary: 'How much one unit of sale holds: "6 x 33cl", "2,5 kg", "Pack of 3"; may read the title.',
  many: false,
  compile:
    (evaluate, { locale }) =>
    (data, draft, notes) => {
      const value = evaluate(data, notes);
      if (isMissing(value)) return;
      const text = firstText(value);
      if (text !== undefined && isPlaceholder(text)) return;
      // Long texts hold the measures of other things.
      const found = text === undefined || text.length > LIMITS.title ? undefined : parseQuantity(text, locale);
      if (found !== undefined) draft.quantity = found;
      // A title need not name a quantity; a field for it should.
      else if (text === undefined || text.trim().split(/\s+/).length <= MOST_WORDS) notes.push('invalid:quantity');
    },
};
