import type { KeyKind } from './kind.js';

/** Brand with each code of a field: joins what a code alone, short or shared by brands, may not. */
export const brandCodeKeys: KeyKind = {
  name: 'brand_code',
  emit({ data, row }, kind, sink) {
    const { store } = data;
    const brand = store.brands.data[row] as number;
    if (brand < 0) return;
    const start = store.recordCodes.starts[row] as number;
    const end = start + (store.fieldCodes.data[row] as number);
    for (let i = start; i < end; i++) {
      const code = store.recordCodes.data[i] as number;
      sink.put(kind, `${store.values.texts[brand]}|${store.codes.texts[code]}`, 1);
    }
  },
};
