import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDatabaseSearch,
  parseSynonyms,
  type Search,
  type SearchQuery,
} from '../../../../src/platform/search/index.js';
import { CASES } from '../../../conformance/search-cases.js';
import { DOCUMENTS, id } from '../../../conformance/search-documents.js';
import { seeded } from '../../../support/seeded.js';
import { openStore } from '../../../support/store.js';
import { documentOf, type Place, place, QUERY } from './support.js';

let here: Place;
let search: Awaited<ReturnType<Place['open']>>;
beforeAll(async () => {
  here = place();
  search = await here.open();
  await search.index(DOCUMENTS);
});
afterAll(() => here.clear());

describe('beside the index of the database', () => {
  let embedded: Search;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const database = await openStore();
    embedded = createDatabaseSearch(database);
    close = () => database.close();
    await embedded.index(DOCUMENTS);
  });
  afterAll(() => close());

  const answers = async (of: Search, query: Partial<SearchQuery>) => {
    const { items, total, facets } = await of.search({ ...QUERY, facets: ['brand', 'category', 'source'], ...query });
    return { total, facets, first: items[0]?.goldenId, ids: items.map((hit) => hit.goldenId).sort() };
  };

  it('finds, counts and puts first the same for every case', async () => {
    for (const { q, with: more = {} } of CASES) {
      const expected = await answers(embedded, { text: q, ...more });
      if (expected.total > 0) expect([q, await answers(search, { text: q, ...more })]).toEqual([q, expected]);
    }
  });

  it('finds the same for words of the documents, cut and misspelt', async () => {
    const random = seeded(7);
    const words = DOCUMENTS.flatMap(({ title, brand = '', codes }) => [...title.split(' '), brand, ...codes]);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const bent = (word: string): string => {
      const at = 1 + Math.floor(random() * Math.max(1, word.length - 2));
      switch (Math.floor(random() * 6)) {
        case 0:
          return word.slice(0, at) + word.slice(at + 1);
        case 1:
          return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
        case 2:
          return word.slice(0, at + 2);
        case 3:
          return word.replaceAll('-', ' ');
        default:
          return word;
      }
    };
    for (let i = 0; i < 150; i++) {
      const text = Array.from({ length: 1 + Math.floor(random() * 2) }, () => bent(pick(words))).join(' ');
      const expected = await answers(embedded, { text });
      if (expected.total > 0) expect([text, (await answers(search, { text })).ids]).toEqual([text, expected.ids]);
    }
  });
});

it('finds other inflections where nothing has the words as asked, and marks them', async () => {
  const [hit] = (await search.search({ ...QUERY, text: 'noise cancelled wirelessly' })).items;
  expect(hit?.goldenId).toBe(id(0));
  expect(hit?.highlight).toContain('<mark>Noise-Cancelling</mark>');
  expect(hit?.highlight).toContain('<mark>Wireless</mark>');
  await search.index([documentOf('de1', 1, 'Kinderbücher über Häuser'), documentOf('ru1', 1, 'Красные кроссовки')]);
  expect((await search.search({ ...QUERY, text: 'kinderbuch' })).items[0]?.goldenId).toBe('de1');
  expect((await search.search({ ...QUERY, text: 'красная кроссовок' })).items[0]?.goldenId).toBe('ru1');
});

it('uses synonyms of a file at once, without a rebuild', async () => {
  expect((await search.search({ ...QUERY, text: 'brr box filter' })).total).toBe(0);
  const informed = await here.open({ synonyms: parseSynonyms('brr box, refrigerator\n') });
  expect((await informed.search({ ...QUERY, text: 'brr box filter' })).items.map((hit) => hit.goldenId).sort()).toEqual(
    [id(30), id(31)],
  );
});

it('pages over documents that come and go without a repeat or a gap among those that stay', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let n = 0; n < 100; n++) {
    const page = await search.search({
      ...QUERY,
      text: 'sonaro',
      limit: 1,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.items.map((hit) => hit.goldenId));
    await search.index([
      documentOf(`a${n}`, 1, 'Sonaro Sonaro'),
      documentOf(`z${n}`, 1, 'A long title with Sonaro in it'),
    ]);
    if (seen.filter((one) => one.startsWith('g')).length === 3 || page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen.filter((one) => one.startsWith('g')).sort()).toEqual([id(0), id(1), id(2)]);
  expect(new Set(seen).size).toBe(seen.length);
});

it('counts what it wrote, removed, and left out as older', async () => {
  const writer = await here.open();
  await writer.index([documentOf('c1', 2, 'Counted'), documentOf('c2', 2, 'Counted')]);
  await writer.index([documentOf('c1', 1, 'Counted'), documentOf('c2', 3, 'Counted')]);
  await writer.remove([
    { goldenId: 'c1', version: 2 },
    { goldenId: 'c2', version: 1 },
  ]);
  expect(writer.writes()).toEqual({ written: 3, removed: 1, older: 2 });
});

it('takes any text', async () => {
  const odd = {
    ...documentOf('odd', 1, 'Odd \ud800 \u0000 title'),
    brand: '\udfff',
    codes: ['\ud800', '-'],
    description: '\u0000',
  };
  await search.index([odd, documentOf('empty', 1, '')]);
  expect((await search.search({ ...QUERY, text: 'odd title' })).items[0]?.document).toMatchObject({ goldenId: 'odd' });
  expect((await search.search({ ...QUERY, filters: { brand: ['\udfff'] } })).total).toBe(1);
});
