import { foldText } from './fold.js';

/** A unit's dimension, the base unit of that dimension, and how many of those it holds. */
export interface Unit {
  dimension: string;
  unit: string;
  factor: number;
}

/** dimension, base unit, then `factor: spellings` — lower case, without dots and quotes, in the scripts that feeds use. */
const TABLE: readonly (readonly [string, string, Record<string, string>])[] = [
  [
    'mass',
    'g',
    {
      '1': 'g gr grs gm gms gram grams gramm gramme grammes gramo gramos grammi grammo gramas г гр грамм грамма граммов грам גרם גר ג γρ γραμμαρια 克 グラム غرام',
      '1000':
        'kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kilogramo kilogramos kilogramas кг килограмм килограмма килограммов קג קילו קילוגרם κιλο κιλα κιλ 千克 公斤 キロ كغ كجم',
      '0.001': 'mg mgs milligram milligrams milligramm milligramme milligrammes мг מג מיליגרם',
      '0.000001': 'mcg µg μg ug mkg мкг',
      '28.349523125': 'oz ozs ounce ounces onz onza onzas unze unzen once onces אונקיה унция',
      '453.59237': 'lb lbs pound pounds libra libras pfund livre livres фунт',
      '1000000': 'tonne tonnes',
    },
  ],
  [
    'volume',
    'ml',
    {
      '1': 'ml mls milliliter milliliters millilitre millilitres mililitro mililitros мл миллилитр миллилитров מל מיליליטר cc 毫升',
      '10': 'cl centiliter centilitre centilitres centiliters сл סל',
      '100': 'dl deciliter decilitre дл',
      '1000':
        'l lt ltr ltrs liter liters litre litres litro litros litri л литр литра литров ל ליטר ליטרים λιτρο λιτρα λιτ 升 リットル لتر',
      '29.5735295625': 'floz',
      '473.176473': 'pint pints',
      '946.352946': 'qt quart quarts',
      '3785.411784': 'gal gallon gallons',
      '1000000': 'm3 cbm',
      '28316.846592': 'cuft',
    },
  ],
  [
    'length',
    'mm',
    {
      '1': 'mm millimeter millimeters millimetre millimetres millimetri мм миллиметр миллиметров ממ 毫米',
      '10': 'cm centimeter centimeters centimetre centimetres centimetros см сантиметр сантиметров סמ 厘米',
      '100': 'dm',
      '1000': 'm mtr mtrs meter meters metre metres metro metros м метр метра метров מ מטר מטרים μετρα 米',
      '304.8': 'ft feet foot',
      '914.4': 'yd yds yard yards',
      '25.4':
        'in inch inches inchs zoll pouce pouces pulgada pulgadas pollici polegada polegadas inci cali tum tommer дюйм дюйма дюймов אינץ אינטש 英寸 インチ',
    },
  ],
  ['area', 'm2', { '1': 'm2 sqm qm м2 מר', '0.0001': 'cm2 sqcm см2', '0.09290304': 'ft2 sqft' }],
  [
    'storage',
    'GB',
    {
      '1': 'gb gbyte gigabyte gigabytes gib гб ггб גיגה ギガ go',
      '1000': 'tb tbyte terabyte terabytes tib тб טרה to',
      '0.001': 'mb mbyte megabyte megabytes mib мб מגה mo',
      '0.000001': 'kb kbyte kilobyte kilobytes кб',
    },
  ],
  [
    'power',
    'W',
    {
      '1': 'w watt watts wat вт ватт ואט וואט',
      '1000': 'kw kilowatt kilowatts квт',
      '0.001': 'mw milliwatt milliwatts',
      '735.49875': 'ps лс',
      '745.69987': 'hp horsepower',
    },
  ],
  ['voltage', 'V', { '1': 'v volt volts vac vdc вольт וולט', '1000': 'kv', '0.001': 'mv' }],
  ['current', 'A', { '1': 'a amp amps ampere amperes', '0.001': 'ma' }],
  ['frequency', 'Hz', { '1': 'hz hertz гц', '1000': 'khz кгц', '1000000': 'mhz мгц', '1000000000': 'ghz ггц' }],
  [
    'energy',
    'Wh',
    {
      '1': 'wh',
      '1000': 'kwh',
      '0.0002777777777777778': 'joule joules',
      '1.163': 'kcal ккал',
      '0.2777777777777778': 'kj кдж',
    },
  ],
  ['charge', 'mAh', { '1': 'mah мач', '1000': 'ah ач' }],
  ['resolution', 'MP', { '1': 'mp mpx mpix megapixel megapixels megapix мп мпикс מגהפיקסל' }],
  ['datarate', 'Mbps', { '1': 'mbps mbit mbits', '1000': 'gbps gbit gbits', '0.001': 'kbps kbit', '8': 'mbs mbytes' }],
  ['speed', 'rpm', { '1': 'rpm upm обмин' }],
  [
    'time',
    's',
    {
      '60': 'min mins minute minutes minuten мин',
      '3600': 'hr hrs hour hours stunden heures',
      '1': 'sec secs second seconds',
      '0.001': 'ms',
    },
  ],
  ['light', 'lm', { '1': 'lm lumen lumens лм' }],
  ['sound', 'dB', { '1': 'db dba дб' }],
];

/** Words for pieces in one unit of sale; they make a count, not a measure with a dimension of its own. */
export const PIECES: ReadonlySet<string> = new Set(
  (
    'pc pcs pce piece pieces pack packs pk pks pkt packet packets ct cnt count counts ea each unit units set sets pair pairs bottle ' +
    'bottles can cans bag bags box boxes roll rolls sheet sheets tablet tablets tabs capsule capsules caps stuck stk st packung ' +
    'packungen er rollen dosen flaschen beutel blatt piece pieces pces unites boites sachets bouteilles uds ud unidad unidades ' +
    'piezas pieza paquete pezzi pezzo pz stuks stuk szt sztuk sztuki ks kpl шт штук штуки уп упак упаковка пар таб капсул ' +
    'יח יחידה יחידות מארז חבילה חבילות שקיות בקבוקים גלילים τεμ τεμαχια τμχ 個 枚 本 个 片 包'
  )
    .split(' ')
    .map(foldText),
);

const units = new Map<string, Unit>();
for (const [dimension, unit, spellings] of TABLE)
  for (const [factor, words] of Object.entries(spellings))
    for (const word of words.split(/ +/)) units.set(foldText(word), { dimension, unit, factor: Number(factor) });

/** The unit of a spelling (folded, without dots and quotes), or undefined. */
export function findUnit(spelling: string): Unit | undefined {
  return units.get(spelling);
}

/** Rounded to 9 significant digits, so that 0.33 l and 33 cl are the same number of millilitres. */
export function toBase(value: number, unit: Unit): number {
  return Number((value * unit.factor).toPrecision(9));
}
