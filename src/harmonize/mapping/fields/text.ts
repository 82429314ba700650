import { cleanRichText, cleanText, displayBrand, isPlaceholder } from '../../normalisers/index.js';
import { cut, LIMITS } from '../limits.js';
import { firstText, isMissing } from '../values.js';
import type { FieldDefinition } from './definition.js';

type TextField = 'title' | 'description' | 'brand' | 'model' | 'mpn' | 'size';

function textField(name: TextField, summary: string, limit: number, clean: (text: string) => string): FieldDefinition {
  return {
    name,
    summary,
    many: false,
    compile: (evaluate) => (data, draft, notes) => {
      const value = evaluate(data, notes);
      if (isMissing(value)) return;
      const text = firstText(value);
      if (text === undefined) {
        notes.push(`invalid:${name}`);
        return;
      }
      const raw = text.length > LIMITS.raw ? cut(text, LIMITS.raw, name, notes) : text;
      const cleaned = clean(raw);
      if (cleaned !== '' && !isPlaceholder(cleaned)) draft[name] = cut(cleaned, limit, name, notes);
    },
  };
}

export const title = textField('title', 'What the shop calls it.', LIMITS.title, cleanRichText);
export const description = textField(
  'description',
  'Longer text; HTML is reduced to its text.',
  LIMITS.description,
  cleanRichText,
);
export const brand = textField('brand', 'Brand or manufacturer.', LIMITS.text, displayBrand);
export const model = textField('model', 'Model name or number.', LIMITS.text, cleanText);
export const mpn = textField('mpn', "The manufacturer's part number.", LIMITS.text, cleanText);
export const size = textField('size', 'Size as labelled: "XL", "42".', LIMITS.text, cleanText);
