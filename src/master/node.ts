import type { ClusterNode, MatchRecord } from '../dedup/index.js';
import { normaliseCode } from '../harmonize/normalisers/index.js';
import { keyText } from '../records.js';

/** A record as clustering sees it. */
export function toClusterNode({ source, id, product }: MatchRecord): ClusterNode {
  const codes = [product.model, product.mpn].flatMap((code) => (code === undefined ? [] : [normaliseCode(code)]));
  return {
    key: keyText(source, id),
    source,
    gtins: product.gtins,
    codes,
    variants: product.variants,
    ...(product.brand === undefined ? {} : { brand: product.brand }),
  };
}
