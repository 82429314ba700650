import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Search, SearchDocument, SearchQuery } from '../../src/platform/search/index.js';
import { CASES } from './search-cases.js';
import { DOCUMENTS, id } from './search-documents.js';

const ALL: SearchQuery = { text: '', filters: {}, facets: [], sort: 'relevance', limit: 20 };

/** Runs the contract of src/platform/search/port.ts on an adapter. `open` yields an empty index. */
export function describeSearch(
  name: string,
  open: () => Promise<{ search: Search; close: () => Promise<void> }>,
): void {
  describe(`search: ${name}`, () => {
    let search: Search;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ search, close } = await open());
      await search.index(DOCUMENTS);
    });
    afterAll(() => close());

    const find = (query: Partial<SearchQuery>) => search.search({ ...ALL, ...query });
    const ids = async (query: Partial<SearchQuery>) => (await find(query)).items.map((hit) => hit.goldenId);

    it.each(CASES)(
      'finds what "$q" $with asks for',
      async ({ q, with: more = {}, first, all = [], not = [], only }) => {
        const found = await ids({ text: q, limit: 100, ...more });
        if (first) expect(found[0]).toBe(first);
        if (only) expect([...found].sort()).toEqual(only);
        expect(found).toEqual(expect.arrayContaining(all));
        for (const other of not) expect(found).not.toContain(other);
      },
    );

    it.each(['zzqqzzqq', 'sonaro zzqqzzqq', '???', "'", '& | !', '<->', '\u0000', '\ud800', ':*', 'wh1000xm9'])(
      'finds nothing for %j, and does not fail',
      async (text) => {
        const page = await find({ text, facets: ['brand'] });
        expect(page).toMatchObject({ items: [], total: 0, nextCursor: null });
      },
    );

    it('answers everything for no text', async () => {
      const page = await find({ limit: 100, facets: ['source'] });
      expect(page.total).toBe(DOCUMENTS.length);
      expect(page.items).toHaveLength(DOCUMENTS.length);
      expect(page.facets.source).toContainEqual({ value: 'alpha', count: 6 });
    });

    it('filters exactly: any value of a field, all fields', async () => {
      expect((await ids({ filters: { brand: ['Sonaro', 'Datara'] } })).sort()).toEqual([id(0), id(1), id(5), id(6)]);
      expect(await ids({ filters: { brand: ['Sonaro', 'Datara'], colour: ['silver'] } })).toEqual([id(1)]);
      expect(await ids({ filters: { brand: ['sonar'] } })).toEqual([]);
      expect((await ids({ filters: { category: ['Headphones'] } })).sort()).toEqual([id(0), id(1)]);
      expect(await ids({ text: 'headphones', filters: { source: ['gamma'] } })).toEqual([id(0)]);
      expect(await ids({ filters: { condition: ['refurbished'], availability: ['out_of_stock'] } })).toEqual([id(1)]);
      expect((await ids({ text: 'ssd', priceMin: 100 })).sort()).toEqual([id(6)]);
      expect((await ids({ priceMin: 89, priceMax: 149 })).sort()).toEqual([id(1), id(5)]);
    });

    it('counts a facet without its own filter and with all others', async () => {
      const page = await find({
        text: 'headphones',
        filters: { brand: ['Sonaro'] },
        facets: ['brand', 'colour', 'category'],
      });
      expect(page.total).toBe(2);
      expect(page.facets.brand).toEqual([
        { value: 'Sonaro', count: 2 },
        { value: 'Fitzall', count: 1 },
      ]);
      expect(page.facets.colour).toEqual([
        { value: 'black', count: 1 },
        { value: 'silver', count: 1 },
      ]);
      expect(page.facets.category).toEqual([
        { value: 'Electronics', count: 2 },
        { value: 'Headphones', count: 2 },
      ]);
      expect(page.facets.source).toBeUndefined();
    });

    it('sorts by price, date and title, documents without a price last', async () => {
      expect(await ids({ text: 'headphones', sort: 'price_asc' })).toEqual([id(2), id(1), id(0)]);
      expect(await ids({ text: 'headphones', sort: 'price_desc' })).toEqual([id(0), id(1), id(2)]);
      expect(await ids({ sort: 'updated', limit: 2 })).toEqual([DOCUMENTS.length - 1, DOCUMENTS.length - 2].map(id));
      expect(await ids({ text: 'headphones', sort: 'title' })).toEqual([id(2), id(1), id(0)]);
    });

    it.each(['relevance', 'price_asc', 'price_desc', 'updated', 'title'] as const)(
      'pages by cursor over every hit exactly once (%s)',
      async (sort) => {
        for (const text of ['', 'electronics']) {
          const whole = await ids({ text, sort, limit: 100 });
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await find({ text, sort, limit: 2, ...(cursor ? { cursor } : {}) });
            seen.push(...page.items.map((hit) => hit.goldenId));
            cursor = page.nextCursor ?? undefined;
          } while (cursor && seen.length < 100);
          expect(seen).toEqual(whole);
          expect(new Set(seen).size).toBe(whole.length);
        }
      },
    );

    it("refuses a cursor that is none, or another query's", async () => {
      await expect(find({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      const { nextCursor } = await find({ text: 'electronics', limit: 1 });
      await expect(find({ text: 'groceries', cursor: nextCursor! })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    });

    it('marks the matched words and escapes the rest', async () => {
      const [hit] = (await find({ text: 'sons' })).items;
      expect(hit?.highlight).toBe('T-shirt &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;<mark>Sons</mark>&quot;');
      const [headphones] = (await find({ text: 'wh1000xm4 noise' })).items;
      expect(headphones?.highlight).toContain('<mark>WH-1000XM4</mark>');
    });

    it('suggests brands, codes and titles', async () => {
      expect(await search.suggest('sona', 5)).toContainEqual({ text: 'Sonaro', kind: 'brand' });
      expect(await search.suggest('wh1000xm4', 5)).toContainEqual({
        text: 'WH-1000XM4',
        kind: 'code',
        goldenId: id(0),
      });
      const titles = await search.suggest('kanova eos', 5);
      expect(titles).toContainEqual({ text: DOCUMENTS[4]!.title, kind: 'title', goldenId: id(4) });
      expect(await search.suggest('', 5)).toEqual([]);
      expect((await search.suggest('s', 2)).length).toBeLessThanOrEqual(2);
    });

    describe('changes', () => {
      const document = (version: number, title: string): SearchDocument => ({
        ...DOCUMENTS[0]!,
        goldenId: 'changing',
        version,
        title,
        brand: 'Qwertone',
        sources: ['delta'],
        codes: [],
      });

      it('replaces an older version and keeps a newer one', async () => {
        await search.index([document(2, 'Plimsoll racer')]);
        await search.index([document(1, 'Older racer')]);
        expect(await ids({ text: 'plimsoll' })).toEqual(['changing']);
        await search.index([document(3, 'Brogue walker')]);
        expect(await ids({ text: 'plimsoll' })).toEqual([]);
        expect(await ids({ text: 'brouge walkr' })).toEqual(['changing']);
        expect((await find({ facets: ['brand'] })).facets.brand).toContainEqual({ value: 'Qwertone', count: 1 });
      });

      it('removes', async () => {
        await search.remove([{ goldenId: 'changing', version: 3 }, { goldenId: 'never-there' }]);
        const page = await find({ facets: ['brand', 'source'] });
        expect(page.total).toBe(DOCUMENTS.length);
        expect(page.facets.brand?.map((row) => row.value)).not.toContain('Qwertone');
        expect(page.facets.source?.map((row) => row.value)).not.toContain('delta');
        expect(await ids({ text: 'brouge' })).toEqual([]);
        expect(await search.suggest('qwerto', 5)).toEqual([]);
      });

      it('does not bring back what was removed with its version or an older one, but with a newer one', async () => {
        const shown = async () => (await find({ text: 'qwertone' })).items.map((hit) => hit.document.version);
        await search.index([document(7, 'Seventh')]);
        await search.remove([{ goldenId: 'changing', version: 7 }]);
        await search.index([document(6, 'Sixth'), document(7, 'Seventh')]);
        expect(await shown()).toEqual([]);
        await search.index([document(8, 'Eighth')]);
        expect(await shown()).toEqual([8]);
        await search.remove([{ goldenId: 'changing', version: 7 }]);
        expect(await shown()).toEqual([8]);
        await search.remove([{ goldenId: 'changing', version: 8 }]);
        await search.remove([{ goldenId: 'changing', version: 2 }]);
        await search.index([document(8, 'Eighth')]);
        expect(await shown()).toEqual([]);
      });

      it('forgets what was removed without a version', async () => {
        await search.remove([{ goldenId: 'changing' }]);
        await search.index([document(1, 'First')]);
        expect((await find({ text: 'qwertone' })).items).toHaveLength(1);
        await search.remove([{ goldenId: 'changing' }]);
        expect((await find({ text: 'qwertone' })).items).toHaveLength(0);
      });

      it('takes the greatest version of an id that comes twice in one call', async () => {
        await search.index([document(5, 'Second'), document(4, 'First')]);
        expect((await find({ text: 'qwertone' })).items.map((hit) => hit.document.title)).toEqual(['Second']);
        await search.remove([{ goldenId: 'changing', version: 5 }]);
      });
    });
  });
}
