import { isPlaceholder, memo, splitCategory } from '../../normalisers/index.js';
import { LIMITS } from '../limits.js';
import { allTexts } from '../values.js';
import type { FieldDefinition } from './definition.js';

const split = memo(splitCategory);

export const category: FieldDefinition = {
  name: 'category',
  summary: 'Path from the widest to the narrowest: "Home > Kitchen > Pans", or a list of levels.',
  many: true,
  compile: (evaluate) => (data, draft, notes) => {
    const path: string[] = [];
    for (const text of allTexts(evaluate(data, notes))) {
      if (text.length > LIMITS.title) notes.push('invalid:category');
      else for (const level of split(text)) if (!isPlaceholder(level) && level !== path.at(-1)) path.push(level);
    }
    if (path.length > 0) draft.category = path;
  },
};
