import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Search, SearchDocument, SearchQuery } from '../../src/platform/search/index.js';
import { DOCUMENTS, id } from './search-documents.js';

const ALL: SearchQuery = { text: '', filters: {}, facets: [], sort: 'relevance', limit: 20 };

/** What a person types, the golden id that has to come first, and the ids that have to be among the hits or must not be. */
const QUERIES: { q: string; first?: string; all?: string[]; not?: string[] }[] = [
  { q: 'headphones', all: [id(0), id(1), id(2)], not: [id(3)] },
  { q: 'sonaro headphones', all: [id(0), id(1)] },
  { q: 'headphones sonaro', all: [id(0), id(1)] },
  { q: 'WH-1000XM4', first: id(0), all: [id(2)], not: [id(1)] },
  { q: 'wh1000xm4', first: id(0), not: [id(1)] },
  { q: 'wh1000-xm4', first: id(0) },
  { q: 'wh 1000 xm4', first: id(0), not: [id(1)] },
  { q: 'WH 1000XM4', first: id(0) },
  { q: '1000xm3', first: id(1) },
  { q: 'wh1000', all: [id(0), id(1)] },
  { q: 'wh-1000x', all: [id(0), id(1)] },
  { q: '4548736112001', first: id(0) },
  { q: '004548736112001', first: id(0) },
  { q: '40123455', first: id(8) },
  { q: '00040123455', first: id(8) },
  { q: 'dtssd1tb', first: id(5), not: [id(6)] },
  { q: 'DT SSD 1TB', first: id(5), not: [id(6)] },
  { q: 'ssd 1tb', first: id(5), not: [id(6)] },
  { q: 'ssd 1 TB', first: id(5), not: [id(6)] },
  { q: 'ssd 2 terabyte', first: id(6), not: [id(5)] },
  { q: '15.6 inch sleeve', first: id(7) },
  { q: '15,6in', first: id(7) },
  { q: '55 zoll', first: id(11) },
  { q: 'sonaro hedphones', all: [id(0), id(1)] },
  { q: 'sonaro headpohnes', all: [id(0), id(1)] },
  { q: 'cmaera', all: [id(3), id(4)] },
  { q: 'camrea kanova', all: [id(3), id(4)] },
  { q: 'kanvoa', all: [id(3), id(4)] },
  { q: 'wireles noise canceling', first: id(0) },
  { q: 'noise cancelling', first: id(0) },
  { q: 'noisecancelling', first: id(0) },
  { q: 'power shot', first: id(3) },
  { q: 'powershot', first: id(3) },
  { q: 'cafe creme', first: id(8) },
  { q: 'CAFÉ', first: id(8) },
  { q: 'nestora', first: id(8) },
  { q: 'cafe\u0301', first: id(8) },
  { q: 'חלב', first: id(9) },
  { q: 'חלב 1 ליטר', first: id(9), not: [id(10)] },
  { q: 'МОЛОКО', first: id(10) },
  { q: 'молоко 1л', first: id(10) },
  { q: 'head', all: [id(0), id(1), id(2)] },
  { q: 'sonaro wire', first: id(0), not: [id(1)] },
  { q: 'kano', all: [id(3), id(4)] },
  { q: 'cameras', all: [id(3), id(4)] },
  { q: 'camera', all: [id(3), id(4)] },
  { q: 'tv', first: id(11) },
  { q: 'fernseher', first: id(11) },
  { q: 'the case for headphones', first: id(2) },
  { q: 'peru coffee', first: id(8) },
  { q: 'usb 3.2', first: id(5) },
  { q: 'fitzall', first: id(2), not: [id(0)] },
  { q: 'sonaro case', first: id(2) },
];

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

    it.each(QUERIES)('finds what "$q" asks for', async ({ q, first, all = [], not = [] }) => {
      const found = await ids({ text: q });
      if (first) expect(found[0]).toBe(first);
      expect(found).toEqual(expect.arrayContaining(all));
      for (const other of not) expect(found).not.toContain(other);
    });

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
      expect(await ids({ sort: 'updated', limit: 2 })).toEqual([id(12), id(11)]);
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

      it('takes the greatest version of an id that comes twice in one call', async () => {
        await search.index([document(5, 'Second'), document(4, 'First')]);
        expect((await find({ text: 'qwertone' })).items.map((hit) => hit.document.title)).toEqual(['Second']);
        await search.remove([{ goldenId: 'changing', version: 5 }]);
      });
    });
  });
}
