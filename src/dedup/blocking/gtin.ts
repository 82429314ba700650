import type { KeyKind } from './kind.js';

/** Every valid GTIN-14. */
export const gtinKeys: KeyKind = {
  name: 'gtin',
  emit({ data: { store }, row }, kind, sink) {
    const end = store.gtins.starts[row + 1] as number;
    for (let i = store.gtins.starts[row] as number; i < end; i++)
      sink.put(kind, store.values.texts[store.gtins.data[i] as number] as string, 4);
  },
};
