import type { Identified } from './gtin-conflicts.js';
import { sharedGolden } from './store.js';

export interface Labelled extends Identified {
  goldenId: string;
  /** The true product, where the labels know it. */
  product?: string | undefined;
}

/**
 * Golden records that hold two valid GTINs of different products by the labels. A GTIN's products are those of the
 * labelled records that state it, so this also tells on records without labels that state a known GTIN.
 */
export function knownMixtures<T extends Labelled>(members: readonly T[]): { goldenId: string; pair: [T, T] }[] {
  const productsOf = new Map<string, Set<string>>();
  for (const { gtins, product } of members)
    if (product !== undefined)
      for (const gtin of gtins) productsOf.set(gtin, (productsOf.get(gtin) ?? new Set()).add(product));
  const mixtures: { goldenId: string; pair: [T, T] }[] = [];
  for (const [goldenId, group] of sharedGolden(members)) {
    const known = group.flatMap((member) => {
      const products = new Set(member.gtins.flatMap((gtin) => [...(productsOf.get(gtin) ?? [])]));
      return products.size === 0 ? [] : [{ member, products }];
    });
    const apart = (a: ReadonlySet<string>, b: ReadonlySet<string>) => ![...a].some((product) => b.has(product));
    const pair = known.flatMap((a, i) =>
      known.slice(i + 1).flatMap((b) => (apart(a.products, b.products) ? [[a, b]] : [])),
    )[0];
    if (pair !== undefined) mixtures.push({ goldenId, pair: [pair[0]!.member, pair[1]!.member] });
  }
  return mixtures;
}

/** Of the pairs of records of one true product that both state GTINs, how many have none in common. */
export function truthWithoutCommonGtin(members: readonly Labelled[]): { pairs: number; without: number } {
  const found = { pairs: 0, without: 0 };
  const products = new Map<string, Labelled[]>();
  for (const member of members)
    if (member.product !== undefined && member.gtins.length > 0)
      products.set(member.product, [...(products.get(member.product) ?? []), member]);
  for (const group of products.values())
    for (const [i, a] of group.entries())
      for (const b of group.slice(i + 1)) {
        found.pairs++;
        if (!a.gtins.some((gtin) => b.gtins.includes(gtin))) found.without++;
      }
  return found;
}
