/** Values shown of a facet: the most frequent. Those filtered by are always among them. */
export const MOST_FACET_VALUES = 50;
