import type { Corpus } from './corpus.js';

/** Whether two records contradict each other in something that tells products of one family apart. */
function contradict(corpus: Corpus, left: number, right: number): boolean {
  const { store } = corpus.data;
  const colourA = store.colours.data[left] as number;
  const colourB = store.colours.data[right] as number;
  if (colourA !== 0 && colourB !== 0 && (colourA & colourB) === 0) return true;
  const sizeA = store.sizes.data[left] as number;
  const sizeB = store.sizes.data[right] as number;
  if (sizeA >= 0 && sizeB >= 0 && sizeA !== sizeB) return true;
  if (((store.variants.data[left] as number) ^ (store.variants.data[right] as number)) !== 0) return true;
  return measuresDiffer(corpus, left, right) || variantsDiffer(corpus, left, right);
}

/** Some dimension is measured on both sides and no value is shared. */
function measuresDiffer(corpus: Corpus, left: number, right: number): boolean {
  const { measures, measureValues } = corpus.data.store;
  const end = measures.starts[left + 1] as number;
  const stop = measures.starts[right + 1] as number;
  for (let i = measures.starts[left] as number; i < end; i += 2) {
    let both = false;
    let same = false;
    for (let j = measures.starts[right] as number; j < stop; j += 2) {
      if (measures.data[i] !== measures.data[j]) continue;
      both = true;
      const a = measureValues.data[measures.data[i + 1] as number] as number;
      const b = measureValues.data[measures.data[j + 1] as number] as number;
      same ||= Math.min(a, b) >= 0.98 * Math.max(a, b);
    }
    if (both && !same) return true;
  }
  return false;
}

/** Declared variants ("!platform") of equal name with different values. */
function variantsDiffer(corpus: Corpus, left: number, right: number): boolean {
  const { attributes, values } = corpus.data.store;
  for (let i = attributes.starts[left] as number; i < (attributes.starts[left + 1] as number); i += 2)
    for (let j = attributes.starts[right] as number; j < (attributes.starts[right + 1] as number); j += 2)
      if (
        attributes.data[i] === attributes.data[j] &&
        attributes.data[i + 1] !== attributes.data[j + 1] &&
        (values.texts[attributes.data[i] as number] as string).startsWith('!')
      )
        return true;
  return false;
}

const relation = { shared: false, conflict: false };

function gtins(corpus: Corpus, left: number, right: number): void {
  const { starts, data } = corpus.data.store.gtins;
  relation.shared = false;
  const end = starts[left + 1] as number;
  const stop = starts[right + 1] as number;
  for (let i = starts[left] as number; i < end; i++)
    for (let j = starts[right] as number; j < stop; j++) if (data[i] === data[j]) relation.shared = true;
  relation.conflict = !relation.shared && starts[left] !== end && starts[right] !== stop;
}

/** Whether a code of both records' fields is equal and rare, and whether both have field codes of which none is equal. */
function fieldCodes(corpus: Corpus, left: number, right: number): void {
  const { store, codeCounts } = corpus.data;
  const { starts, data } = store.recordCodes;
  const a = starts[left] as number;
  const b = starts[right] as number;
  const aEnd = a + (store.fieldCodes.data[left] as number);
  const bEnd = b + (store.fieldCodes.data[right] as number);
  relation.shared = false;
  let equal = false;
  for (let i = a; i < aEnd; i++)
    for (let j = b; j < bEnd; j++)
      if (data[i] === data[j]) {
        equal = true;
        const code = data[i] as number;
        if (store.codeTelling.data[code] === 1 && (codeCounts[code] as number) <= corpus.model.exact.codeRecords)
          relation.shared = true;
      }
  relation.conflict = !equal && a !== aEnd && b !== bEnd;
}

/**
 * The probability that the exact stage gives a pair, or -1 when it does not decide. An equal valid GTIN decides, and an equal
 * rare code of a field under an equal brand; anything that contradicts (colour, size, edition, pack, declared variant, the other
 * identifier) leaves the pair to the fuzzy stage, since GTINs are mistyped and siblings share part numbers. Internal codes are
 * not among GTINs and codes, so they never join.
 */
export function exactProbability(corpus: Corpus, left: number, right: number): number {
  gtins(corpus, left, right);
  const sharedGtin = relation.shared;
  if (relation.conflict) return -1;
  fieldCodes(corpus, left, right);
  if (relation.conflict) return -1;
  const brands = corpus.data.store.brands.data;
  const sharedCode = relation.shared && (brands[left] as number) >= 0 && brands[left] === brands[right];
  if ((!sharedGtin && !sharedCode) || contradict(corpus, left, right)) return -1;
  return sharedGtin ? corpus.model.exact.gtin : corpus.model.exact.code;
}
