import type { KeyKind } from './kind.js';

/** Beginnings of codes: a shop's suffix for colour or region must not hide the model number. */
export const prefixKeys: KeyKind = {
  name: 'code_prefix',
  emit({ data, row, settings }, kind, sink) {
    const { store } = data;
    const end = store.recordCodes.starts[row + 1] as number;
    for (let i = store.recordCodes.starts[row] as number; i < end; i++) {
      const code = store.codes.texts[store.recordCodes.data[i] as number] as string;
      for (const length of settings.prefixes)
        if (code.length >= length) sink.put(kind, code.slice(0, length), 0.2 + 0.1 * length);
    }
  },
};
