import type { Measure } from '../../records.js';
import { type Found, scan, scannable } from './scan.js';
import { findUnit, toBase } from './units.js';

const HAS_DIGIT = /\d/;
const NON_ASCII = /[^ -~]/;
const BETWEEN_PARTS = /^[\s,]*(?:and)?\s*$/;
const INCH = findUnit('inch');
const FOOT = findUnit('foot');
const POUND = findUnit('lb');
const OUNCE = findUnit('oz');

function sameUnit(found: Found, unit: { dimension: string; factor: number } | undefined): boolean {
  return found.unit?.dimension === unit?.dimension && found.unit?.factor === unit?.factor;
}

/** "5 lb 4 oz" and `6' 2"` are one measure each. */
function continues(text: string, before: Found, after: Found): boolean {
  const pounds = sameUnit(before, POUND) && sameUnit(after, OUNCE) && after.value < 16;
  const feet = sameUnit(before, FOOT) && sameUnit(after, INCH) && after.value < 12;
  return (pounds || feet) && BETWEEN_PARTS.test(text.slice(before.end, after.start));
}

/** An inch figure that stands alone is a diagonal or nominal size; one of several, or a small or huge one, is a length. */
function isScreen(found: Found): boolean {
  return sameUnit(found, INCH) && !found.crossed && found.times.length === 0 && found.value >= 3 && found.value <= 130;
}

/** The measure of one finding in base units; undefined for pieces. */
export function measureOf(found: Found): Measure | undefined {
  if (found.unit === undefined) return undefined;
  if (isScreen(found)) return { dimension: 'screen', value: found.value, unit: 'in' };
  return { dimension: found.unit.dimension, value: toBase(found.value, found.unit), unit: found.unit.unit };
}

/**
 * Every measure in a text, from left to right, in base units: "2,5 kg" → mass 2500 g; `15.6"` → screen 15.6 in; "1TB" →
 * storage 1000 GB; "30 x 40 cm" → length 300 mm, length 400 mm; "5 lb 4 oz" → one mass; "24 ct" → count 24. Units of mass, volume,
 * length, area, storage, power, voltage, current, frequency, energy, charge, resolution, data rate, rotation, time, light and sound, in
 * Latin, Hebrew, Cyrillic, Greek, Arabic and East Asian spellings. An inch figure that stands alone between 3 and 130 is
 * `screen`, any other inch is a length. Never throws.
 */
export function parseMeasures(text: string, locale?: string): Measure[] {
  if (!HAS_DIGIT.test(text) && !NON_ASCII.test(text)) return [];
  const source = scannable(text);
  const out: Measure[] = [];
  let before: Found | undefined;
  for (const found of scan(source, locale)) {
    const measure = measureOf(found);
    const last = out[out.length - 1];
    if (measure === undefined) {
      if (found.value > 1 && found.value <= 10_000 && Number.isInteger(found.value))
        out.push({ dimension: 'count', value: found.value, unit: 'pc' });
    } else if (before !== undefined && last !== undefined && continues(source, before, found)) {
      // A foot is a length, so an inch that follows one is too.
      last.value = Number((last.value + toBase(found.value, found.unit!)).toPrecision(9));
    } else {
      if (measure.dimension === 'length')
        for (const value of found.times) out.push({ ...measure, value: toBase(value, found.unit!) });
      out.push(measure);
    }
    before = found;
  }
  return out;
}
