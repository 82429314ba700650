import { classOf, DIGIT, fold, LETTER, OTHER } from './fold.js';
import { BASE_UNITS, roundMeasure, UNITS, type Unit } from './units.js';

/** What a token is; comparisons treat kinds differently. */
export const WORD = 0;
/** A bare number: a version, a year, a size without unit. */
export const NUMBER = 1;
/** A number with its unit, in base units: "330ml", "16gb". */
export const MEASURE = 2;
/** Letters and digits mixed, as model numbers are. */
export const CODE = 3;

const measureText = /^\d+(?:\.\d+)?(?:e[+-]\d+)?([^\d.]+)$/;
const baseUnits: ReadonlySet<string> = new Set(Object.values(BASE_UNITS));

/**
 * The kind of a token by its text alone. One text can come about in two ways ("330-ml" is a measure and, joined, a code); a word of a
 * corpus has one kind, which must not be that of whichever record came first.
 */
export function kindOf(text: string): number {
  if (!/\d/.test(text)) return WORD;
  if (plainNumber.test(text)) return NUMBER;
  const unit = measureText.exec(text)?.[1];
  return unit !== undefined && baseUnits.has(unit) ? MEASURE : CODE;
}

/** The tokens of one text, in order; `kinds[i]` belongs to `texts[i]`. Measures also stand in `dimensions`/`values`. */
export interface Tokens {
  texts: string[];
  kinds: number[];
  dimensions: number[];
  values: number[];
  /** The letters and digits alone, in order: where codes are looked for whatever their punctuation. */
  squash: string;
}

export function noTokens(): Tokens {
  return { texts: [], kinds: [], dimensions: [], values: [], squash: '' };
}

const attachedMeasure = /^(\d+(?:\.\d+)?)([^\d.]+)$/;
const multiplied = /^(\d{1,3})x(\d+(?:\.\d+)?)([^\d.]+)$/;
const plainNumber = /^\d+(?:\.\d+)?$/;

function pushNumber(out: Tokens, text: string): void {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  out.texts.push(short === '' ? '0' : short);
  out.kinds.push(NUMBER);
}

function pushMeasure(out: Tokens, amount: number, unit: Unit): void {
  const value = roundMeasure(amount * unit.factor);
  out.texts.push(`${value}${BASE_UNITS[unit.dimension]}`);
  out.kinds.push(MEASURE);
  out.dimensions.push(unit.dimension);
  out.values.push(value);
}

const COUNT = UNITS.get('pc') as Unit;
const INCH = UNITS.get('inch') as Unit;

/** One run of letters and digits (with decimal point at most). */
function pushRun(out: Tokens, run: string, hasDigit: boolean, hasLetter: boolean): void {
  if (!hasDigit) {
    out.texts.push(run);
    out.kinds.push(WORD);
  } else if (!hasLetter) pushNumber(out, run);
  else {
    const measure = attachedMeasure.exec(run);
    const unit = measure === null ? undefined : UNITS.get(measure[2] as string);
    if (measure !== null && unit !== undefined) {
      pushMeasure(out, Number(measure[1]), unit);
      return;
    }
    const many = multiplied.exec(run);
    const each = many === null ? undefined : UNITS.get(many[3] as string);
    if (many !== null && each !== undefined) {
      pushMeasure(out, Number(many[1]), COUNT);
      pushMeasure(out, Number(many[2]), each);
      return;
    }
    out.texts.push(run);
    out.kinds.push(CODE);
  }
}

/** "16 gb", "pack of 6", "6 x 330ml" and `15.6"` become measures once the words stand side by side. */
function joinMeasures(tokens: Tokens): Tokens {
  const { texts, kinds } = tokens;
  const out: Tokens = { ...noTokens(), squash: tokens.squash };
  let measure = 0;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] as string;
    if (kinds[i] === NUMBER && i + 1 < texts.length) {
      const next = texts[i + 1] as string;
      const unit = kinds[i + 1] === WORD ? UNITS.get(next) : undefined;
      if (unit !== undefined && !unit.attachedOnly) {
        pushMeasure(out, Number(text), unit);
        i++;
        continue;
      }
      if (next === 'x' && kinds[i + 2] === MEASURE) {
        pushMeasure(out, Number(text), COUNT);
        i++;
        continue;
      }
    }
    if (text === 'pack' && texts[i + 1] === 'of' && kinds[i + 2] === NUMBER) {
      pushMeasure(out, Number(texts[i + 2]), COUNT);
      i += 2;
      continue;
    }
    out.texts.push(text);
    out.kinds.push(kinds[i] as number);
    if (kinds[i] === MEASURE) {
      out.dimensions.push(tokens.dimensions[measure] as number);
      out.values.push(tokens.values[measure] as number);
      measure++;
    }
  }
  return out;
}

const HYPHEN = 45;
const SLASH = 47;
const DOT = 46;
const COMMA = 44;
const UNDERSCORE = 95;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Cuts text into tokens. Runs that a hyphen, slash, dot or underscore joins are tokens of their own, and when the whole
 * mixes letters with digits ("KC87-714i") the joined whole follows as a code. Quotes inside a word are dropped ("men's", Hebrew
 * abbreviations); after a number a double quote means inches.
 */
export function tokenise(text: string): Tokens {
  const s = fold(text);
  const out = noTokens();
  const n = s.length;
  let i = 0;
  let needsJoin = false;
  while (i < n) {
    if (classOf(s.charCodeAt(i)) === OTHER) {
      i++;
      continue;
    }
    // One chunk: runs joined by single joiners.
    let whole = '';
    let runs = 0;
    let wholeDigit = false;
    let wholeLetter = false;
    let joined = false;
    for (;;) {
      let run = '';
      let start = i;
      let hasDigit = false;
      let hasLetter = false;
      for (; i < n; i++) {
        const unit = s.charCodeAt(i);
        const kind = classOf(unit);
        if (kind === LETTER) hasLetter = true;
        else if (kind === DIGIT) hasDigit = true;
        else {
          const next = i + 1 < n ? classOf(s.charCodeAt(i + 1)) : OTHER;
          if (next === OTHER) break;
          const before = i > start ? classOf(s.charCodeAt(i - 1)) : OTHER;
          if (
            (unit === APOSTROPHE || unit === QUOTE || unit === 0x2019 || unit === 0x5f4 || unit === 0x5f3) &&
            next === LETTER &&
            before === LETTER
          ) {
            run += s.slice(start, i);
            start = i + 1;
          } else if (
            (unit === DOT || unit === COMMA) &&
            next === DIGIT &&
            before === DIGIT &&
            !hasLetter &&
            !run.includes('.')
          ) {
            const thousands =
              unit === COMMA &&
              i + 3 < n &&
              classOf(s.charCodeAt(i + 2)) === DIGIT &&
              classOf(s.charCodeAt(i + 3)) === DIGIT &&
              (i + 4 >= n || classOf(s.charCodeAt(i + 4)) !== DIGIT);
            run += s.slice(start, i) + (thousands ? '' : '.');
            start = i + 1;
          } else break;
        }
      }
      run += s.slice(start, i);
      if (run.endsWith('.')) run = run.slice(0, -1);
      if (hasDigit && !hasLetter && !plainNumber.test(run)) run = run.replaceAll('.', '');
      if (
        hasDigit &&
        !hasLetter &&
        i < n &&
        (s.charCodeAt(i) === QUOTE || s.charCodeAt(i) === 0x201d || s.charCodeAt(i) === 0x2033)
      )
        pushMeasure(out, Number(run), INCH);
      else pushRun(out, run, hasDigit, hasLetter);
      runs++;
      whole += run;
      out.squash += run;
      wholeDigit ||= hasDigit;
      wholeLetter ||= hasLetter;
      if (hasDigit) needsJoin = true;
      if (i + 1 >= n) break;
      const joiner = s.charCodeAt(i);
      const isJoiner = joiner === HYPHEN || joiner === SLASH || joiner === DOT || joiner === UNDERSCORE;
      if (!isJoiner || classOf(s.charCodeAt(i + 1)) === OTHER) break;
      joined = true;
      i++;
    }
    if (joined && runs > 1 && wholeDigit && wholeLetter && whole.length >= 4 && whole.length <= 24) {
      const last = out.kinds[out.kinds.length - 1];
      const unitLast = UNITS.has(out.texts[out.texts.length - 1] as string);
      if (last !== MEASURE && !(runs === 2 && unitLast)) {
        out.texts.push(whole.replaceAll('.', ''));
        out.kinds.push(CODE);
      }
    }
  }
  return needsJoin ? joinMeasures(out) : out;
}
