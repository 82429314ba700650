import type { KeyKind } from './kind.js';

/** Model-number-like codes of fields, title and, the rarest few, description; separators are gone already. */
export const codeKeys: KeyKind = {
  name: 'code',
  emit({ data, row, settings }, kind, sink) {
    const { store } = data;
    const end = store.recordCodes.starts[row + 1] as number;
    for (let i = store.recordCodes.starts[row] as number; i < end; i++) {
      const code = store.recordCodes.data[i] as number;
      sink.put(kind, store.codes.texts[code] as string, 2 * (data.codeWeights[code] as number));
    }
    const last = store.detailCodes.starts[row + 1] as number;
    let room = settings.detailCodes;
    for (let i = store.detailCodes.starts[row] as number; i < last && room > 0; i++) {
      const code = store.detailCodes.data[i] as number;
      if ((data.codeCounts[code] as number) > settings.identifierCap) continue;
      sink.put(kind, store.codes.texts[code] as string, 2 * (data.codeWeights[code] as number));
      room--;
    }
  },
};
