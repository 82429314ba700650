import type { Comparison } from './comparison.js';

/** Colour families: 1 some shared, 0 none shared, missing when a side names none. The second is as sure as its fields: two, one or none. */
export const colour: Comparison = {
  name: 'colour',
  features: ['colour', 'colour_sure'],
  compare({ data: { store }, left, right }, out, at) {
    const a = store.colours.data[left] as number;
    const b = store.colours.data[right] as number;
    if (a === 0 && b === 0) {
      out[at] = Number.NaN;
      out[at + 1] = Number.NaN;
    } else if (a === 0 || b === 0) {
      out[at] = Number.NaN;
      out[at + 1] = -1;
    } else {
      out[at] = a === b ? 1 : (a & b) !== 0 ? 0.8 : 0;
      out[at + 1] = (store.colourFields.data[left] as number) + (store.colourFields.data[right] as number);
    }
  },
};
