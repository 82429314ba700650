import type { Measure, Quantity } from '../../records.js';
import { measureOf } from './measures.js';
import { type Found, scan, scannable } from './scan.js';
import { findUnit, toBase } from './units.js';

/** "pack of 6", "lot de 6", "מארז 6", "упаковка 6 шт": the count follows the word. */
const COUNT_AFTER_WORD =
  /(?<!\p{L})(?:(?:pack|packs|pk|set|lot|box|case|bundle|carton|tray|pak|paquete|caja|confezione|packung|kit)\.?\s+(?:of|de|da|di|mit|von|a)\s+|(?:pack|lot|מארז|אריזת|חבילת|упаковка|набор|комплект)\s*(?:из|по|של)?\s*)(\d{1,4})(?![\d.,]*\d)/iu;
const TWO = /(?<!\p{L})(?:twin|double|dual|duo|2er)[\s-]?(?:pack|pk|pak)(?!\p{L})|(?<!\p{L})(?:זוג|duopack)(?!\p{L})/iu;
const THREE = /(?<!\p{L})(?:triple|trio)[\s-]?(?:pack|pk|pak)(?!\p{L})/iu;
const DOZEN = /(?<!\p{L})dozen(?!\p{L})/iu;
const TRAILING_TIMES = /^\s*[)\]]?\s*[x×*хХ]\s*(\d{1,4})(?![\d.,]*\d)/iu;
/** "cans x6", "x 6 cans"; after a number it would be a size. */
const LONE_TIMES = /(?:^|[^\d\s]\s+)[x×]\s?(\d{1,3})(?=$|[\s)])(?!\s*[x×])/iu;
const HAS_DIGIT = /\d/;
const LARGEST_COUNT = 10_000;

const valid = (count: number) => Number.isInteger(count) && count >= 1 && count <= LARGEST_COUNT;

function countFromWords(text: string, founds: readonly Found[]): number {
  for (const found of founds) {
    if (found.unit !== undefined) continue;
    const count = found.times.reduce((product, factor) => product * factor, found.value);
    if (count > 1 && valid(count)) return count;
  }
  const after = COUNT_AFTER_WORD.exec(text);
  if (after !== null) {
    const at = after.index + after[0].length;
    // "box of 500 g" holds no five hundred boxes.
    const count = Number(after[1]);
    if (valid(count) && !founds.some((found) => found.unit !== undefined && found.start < at && found.end > at))
      return count;
  }
  if (TWO.test(text)) return 2;
  if (THREE.test(text)) return 3;
  return DOZEN.test(text) ? 12 : 1;
}

function countOf(text: string, founds: readonly Found[], main: Found | undefined): number {
  if (main !== undefined) {
    const product = main.times.reduce((total, factor) => total * factor, 1);
    if (product > 1 && valid(product)) return product;
    const trailing = TRAILING_TIMES.exec(text.slice(main.end));
    if (trailing !== null && valid(Number(trailing[1]))) return Number(trailing[1]);
  }
  const count = countFromWords(text, founds);
  if (count > 1) return count;
  const lone = LONE_TIMES.exec(text);
  return lone !== null && valid(Number(lone[1])) ? Number(lone[1]) : 1;
}

/** Mass and volume say how much is sold; a length or an area only where the text holds nothing else. */
function mainOf(text: string, founds: readonly Found[]): Found | undefined {
  const held = founds.find((found) => found.unit?.dimension === 'mass' || found.unit?.dimension === 'volume');
  if (held !== undefined) return held;
  const [only] = founds;
  if (founds.length !== 1 || only?.unit === undefined) return undefined;
  const bare = text.slice(0, only.start).trim() === '' && text.slice(only.end).trim().replace('.', '') === '';
  return bare && (only.unit.dimension === 'length' || only.unit.dimension === 'area') ? only : undefined;
}

function each(main: Found, founds: readonly Found[]): Measure | undefined {
  const measure = measureOf(main);
  const next = founds[founds.indexOf(main) + 1];
  const pound = findUnit('lb');
  if (
    measure !== undefined &&
    next?.unit === findUnit('oz') &&
    main.unit?.factor === pound?.factor &&
    next?.unit !== undefined
  )
    return { ...measure, value: Number((measure.value + toBase(next.value, next.unit)).toPrecision(9)) };
  return measure;
}

/**
 * How much one unit of sale holds: "6 x 33cl", "500ml x 6", "Pack of 3, 2,5 kg", "12-pack", `1 1/2 lb`, "מארז 6 יח'". The first mass or
 * volume is what each piece holds; the count is what multiplies it, else the pieces or pack the text names, else 1. Undefined when the text names
 * neither. Never throws.
 */
export function parseQuantity(text: string, locale?: string): Quantity | undefined {
  const source = scannable(text);
  if (!HAS_DIGIT.test(source) && !TWO.test(source) && !THREE.test(source) && !DOZEN.test(source)) return undefined;
  const founds = scan(source, locale);
  const main = mainOf(source, founds);
  const count = countOf(source, founds, main);
  const measure = main === undefined ? undefined : each(main, founds);
  if (measure === undefined || measure.value <= 0 || measure.dimension === 'screen') {
    const counted = count > 1 || founds.some((found) => found.unit === undefined && found.value === 1);
    return counted ? { count } : undefined;
  }
  return { count, each: measure, total: { ...measure, value: Number((measure.value * count).toPrecision(9)) } };
}
