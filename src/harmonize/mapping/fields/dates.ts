import { parseDate } from '../../normalisers/index.js';
import { firstText, isMissing } from '../values.js';
import type { FieldDefinition } from './definition.js';

function dateField(name: string, key: 'createdAt' | 'updatedAt', summary: string): FieldDefinition {
  return {
    name,
    summary,
    many: false,
    compile:
      (evaluate, { locale }) =>
      (data, draft, notes) => {
        const value = evaluate(data, notes);
        if (isMissing(value)) return;
        const found = parseDate(firstText(value) ?? '', locale);
        if (found === undefined) notes.push(`invalid:${name}`);
        else draft[key] = found;
      },
  };
}

export const createdAt = dateField('created_at', 'createdAt', "When the listing was made, by the source's clock.");
export const updatedAt = dateField(
  'updated_at',
  'updatedAt',
  "When the listing was changed; without it the source's `updated_at`.",
);
