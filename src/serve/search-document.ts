import type { GoldenRecord } from '../golden.js';
import type { SearchDocument } from '../platform/search/index.js';

/** What of a golden record is searched, filtered and shown in a list of hits. */
export function toSearchDocument(
  golden: Pick<GoldenRecord, 'goldenId' | 'version' | 'values' | 'sources' | 'validFrom'>,
): SearchDocument {
  const { values } = golden;
  const codes = [values.mpn, values.model, ...values.gtins].filter((code) => code !== undefined);
  const image = values.images[0];
  const size = values.size === undefined ? {} : { size: values.size };
  return {
    goldenId: golden.goldenId,
    version: golden.version,
    title: values.title,
    ...(values.brand === undefined ? {} : { brand: values.brand }),
    ...(values.description === undefined ? {} : { description: values.description }),
    ...(values.category === undefined ? {} : { category: values.category }),
    ...(values.colour === undefined ? {} : { colour: values.colour }),
    ...(values.condition === undefined ? {} : { condition: values.condition }),
    ...(values.availability === undefined ? {} : { availability: values.availability }),
    ...(values.price === undefined ? {} : { price: values.price.amount }),
    ...(values.price?.currency === undefined ? {} : { currency: values.price.currency }),
    ...(image === undefined ? {} : { image }),
    codes: [...new Set(codes)],
    sources: golden.sources,
    attributes: { ...values.attributes, ...values.variants, ...size },
    updatedAt: golden.validFrom,
  };
}
