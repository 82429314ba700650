import type { KeyKind } from './kind.js';

/** Pairs of the rarest words that are known: they tell titles of common words apart. */
export const wordPairKeys: KeyKind = {
  name: 'word_pair',
  emit({ data, settings, rareWords, rareCount }, kind, sink) {
    const texts = data.store.words.texts;
    let first = 0;
    while (first < rareCount && (data.wordCounts[rareWords[first] as number] as number) < 2) first++;
    const end = Math.min(rareCount, first + settings.pairedWords);
    for (let i = first; i < end; i++)
      for (let j = i + 1; j < end; j++) {
        const a = rareWords[i] as number;
        const b = rareWords[j] as number;
        const x = texts[a] as string;
        const y = texts[b] as string;
        const weight = ((data.wordWeights[a] as number) + (data.wordWeights[b] as number)) / 2;
        sink.put(kind, x < y ? `${x} ${y}` : `${y} ${x}`, weight);
      }
  },
};
