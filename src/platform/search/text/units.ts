/** Spellings of units, folded, to the one that lexemes use. Letters only: `"` after a number is made "in" before. */
const SPELLINGS: Record<string, string[]> = {
  tb: ['tb', 'to', 'терабайт', 'tbyte', 'terabyte', 'terabytes'],
  gb: ['gb', 'go', 'гб', 'gbyte', 'gigabyte', 'gigabytes'],
  mb: ['mb', 'mo', 'мб', 'megabyte', 'megabytes'],
  kg: ['kg', 'kgs', 'кг', 'kilo', 'kilos', 'kilogram', 'kilograms', 'kilogramm', 'קג', 'ק"ג'],
  g: ['g', 'gr', 'gram', 'grams', 'gramm', 'г', 'гр', 'גרם', 'גר', "גר'"],
  mg: ['mg', 'мг', 'milligram', 'milligrams'],
  oz: ['oz', 'ounce', 'ounces'],
  lb: ['lb', 'lbs', 'pound', 'pounds'],
  l: ['l', 'lt', 'ltr', 'liter', 'liters', 'litre', 'litres', 'л', 'ליטר'],
  ml: ['ml', 'мл', 'milliliter', 'millilitre', 'milliliters', 'millilitres', 'מל', 'מ"ל'],
  cl: ['cl', 'centiliter', 'centilitre'],
  mm: ['mm', 'мм', 'millimeter', 'millimetre', 'millimeters', 'millimetres'],
  cm: ['cm', 'см', 'centimeter', 'centimetre', 'centimeters', 'centimetres', 'סמ', 'ס"מ'],
  m: ['m', 'м', 'meter', 'metre', 'meters', 'metres'],
  in: ['in', 'inch', 'inches', 'zoll', 'дюйм'],
  ft: ['ft', 'foot', 'feet'],
  mp: ['mp', 'mpix', 'megapixel', 'megapixels', 'мп'],
  hz: ['hz', 'гц', 'hertz'],
  khz: ['khz'],
  mhz: ['mhz', 'мгц'],
  ghz: ['ghz', 'ггц'],
  w: ['w', 'watt', 'watts', 'вт'],
  kw: ['kw'],
  v: ['v', 'volt', 'volts'],
  mah: ['mah', 'мач'],
  wh: ['wh'],
};

const UNIT = new Map(Object.entries(SPELLINGS).flatMap(([unit, names]) => names.map((name) => [name, unit] as const)));

/** The unit that a folded word spells, or undefined. */
export function unitOf(word: string): string | undefined {
  return UNIT.get(word);
}
