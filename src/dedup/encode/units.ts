/** Unit words, folded, with what they measure and the factor to the base unit of that dimension. */

export const DIMENSIONS = [
  'mass',
  'volume',
  'length',
  'storage',
  'power',
  'voltage',
  'frequency',
  'charge',
  'resolution',
  'count',
  'speed',
  'current',
  'rotation',
  'other',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const DIMENSION_NUMBER: ReadonlyMap<string, number> = new Map(DIMENSIONS.map((name, i) => [name, i]));
/** What the value of a dimension is counted in, as it stands in a token. */
export const BASE_UNITS = ['g', 'ml', 'mm', 'gb', 'w', 'v', 'mhz', 'mah', 'mp', 'pc', 'x', 'a', 'rpm', ''] as const;

export interface Unit {
  dimension: number;
  factor: number;
  /** The unit is also an ordinary word or a single letter: it counts only when it is attached to its number. */
  attachedOnly: boolean;
}

const table: [Dimension, number, string, string?][] = [
  ['mass', 1, 'g gr gram grams gramm gm gms גרם גר г гр', ''],
  ['mass', 1000, 'kg kgs kilo kilos kilogram kilograms קג קילו קילוגרם кг'],
  ['mass', 0.001, 'mg מג'],
  ['mass', 28.35, 'oz ounce ounces'],
  ['mass', 453.6, 'lb lbs pound pounds'],
  ['volume', 1, 'ml millilitre milliliter מל מיליליטר мл'],
  ['volume', 10, 'cl'],
  ['volume', 100, 'dl'],
  ['volume', 1000, 'l ltr litre liter litres liters ליטר л'],
  ['volume', 29.57, 'floz'],
  ['volume', 3785, 'gal gallon gallons'],
  ['length', 1, 'mm'],
  ['length', 10, 'cm סמ см'],
  ['length', 1000, 'meter meters metre metres מטר', 'm'],
  ['length', 25.4, 'inch inches zoll אינץ', 'in'],
  ['length', 304.8, 'ft feet foot'],
  ['storage', 1, 'gb gig gigabyte gigabytes gbyte'],
  ['storage', 0.001, 'mb megabyte megabytes mbyte'],
  ['storage', 1000, 'tb terabyte terabytes tbyte'],
  ['power', 1, 'watt watts', 'w'],
  ['power', 1000, 'kw'],
  ['voltage', 1, 'v volt volts vdc vac'],
  ['frequency', 1, 'mhz'],
  ['frequency', 1000, 'ghz'],
  ['frequency', 0.000001, 'hz'],
  ['frequency', 0.001, 'khz'],
  ['charge', 1, 'mah'],
  ['charge', 1000, '', 'ah'],
  ['resolution', 1, 'mp megapixel megapixels mpix mpixel'],
  ['count', 1, 'pc pcs pk ct count pack packs piece pieces stk stuck יח יחידות шт', ''],
  ['speed', 1, '', 'x'],
  ['current', 1, 'amp amps', 'a'],
  ['rotation', 1, 'rpm'],
  ['rotation', 1000, '', 'krpm k'],
];

export const UNITS: ReadonlyMap<string, Unit> = new Map(
  table.flatMap(([name, factor, words, attached]) => {
    const dimension = DIMENSION_NUMBER.get(name) as number;
    const entry = (word: string, attachedOnly: boolean): [string, Unit] => [word, { dimension, factor, attachedOnly }];
    return [
      ...words
        .split(' ')
        .filter(Boolean)
        .map((word) => entry(word, false)),
      ...(attached ?? '')
        .split(' ')
        .filter(Boolean)
        .map((word) => entry(word, true)),
    ];
  }),
);

/** Rounded to four significant digits, so that 0.33 l and 33 cl are one value. */
export function roundMeasure(value: number): number {
  return Number(value.toPrecision(4));
}
