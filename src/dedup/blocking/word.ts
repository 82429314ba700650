import type { KeyKind } from './kind.js';

/** The rarest words of the title that the snapshot knows at least twice, and a few that it does not know yet. */
export const wordKeys: KeyKind = {
  name: 'word',
  emit({ data, settings, rareWords, rareCount }, kind, sink) {
    let known = settings.words;
    let unknown = settings.newWords;
    for (let i = 0; i < rareCount; i++) {
      const word = rareWords[i] as number;
      const count = data.wordCounts[word] as number;
      if (count > settings.cap) break;
      if (count < 2 ? unknown-- > 0 : known-- > 0)
        sink.put(kind, data.store.words.texts[word] as string, data.wordWeights[word] as number);
    }
  },
};
