import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { read, scratchFolder } from '../support.js';

const { folder, remove } = scratchFolder();
afterAll(remove);

const xml = (content: string | Buffer, options: Record<string, unknown> = {}) => {
  writeFileSync(join(folder, 'feed.xml'), content);
  return read({ type: 'xml', path: 'feed.xml', element: 'Item', ...options }, folder);
};
const item = (id: number, more = '') => `<Item><Id>${id}</Id><Name>name ${id}</Name>${more}</Item>`;
const feed = (items: readonly string[]) =>
  `<?xml version="1.0"?>\n<Root>\n<Items>\n${items.join('\n')}\n</Items></Root>`;
const ids = ({ data }: { data: Record<string, unknown>[] }) => data.map(({ Id }) => Number(Id));

describe('an XML feed', () => {
  it('gives nested elements, attributes, text, lists and namespaced names', async () => {
    const { data } = await xml(
      `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
       <item n="1"><g:id>A&amp;1</g:id><g:price currency="EUR"> 9.90 </g:price><img>a</img><img>b</img>
       <text><![CDATA[<b>bold</b>]]></text><empty/><box><w>1</w></box><__proto__>x</__proto__></item></channel></rss>`,
      { element: 'item' },
    );
    expect(data).toEqual([
      {
        '@n': '1',
        'g:id': 'A&1',
        'g:price': { '@currency': 'EUR', '#text': '9.90' },
        img: ['a', 'b'],
        text: '<b>bold</b>',
        empty: '',
        box: { w: '1' },
        _proto_: 'x',
      },
    ]);
  });

  it('hands what stands once before the records to each of them', async () => {
    const { data } = await xml(
      '<Root><ChainId>729</ChainId><StoreId> 331 </StoreId><Items><Item><Id>1</Id></Item><Item><Id>2</Id><StoreId>9</StoreId></Item></Items></Root>',
      { inherit: ['ChainId', 'StoreId'] },
    );
    expect(data).toEqual([
      { Id: '1', ChainId: '729', StoreId: '331' },
      { Id: '2', StoreId: '9', ChainId: '729' },
    ]);
  });

  it('is decoded as its declaration, its byte order mark or the option says', async () => {
    const text = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?><Root><Item><Id>1</Id><Name>חלב מלא</Name></Item></Root>`;
    for (const [bytes, options] of [
      [iconv.encode(text('windows-1255'), 'windows-1255'), {}],
      [iconv.encode(text('utf-16'), 'utf-16le', { addBOM: true }), {}],
      [iconv.encode(text('utf-8'), 'utf-8'), {}],
      [iconv.encode(text('utf-16'), 'utf-8'), {}],
      [iconv.encode(text('utf-8'), 'iso-8859-8'), { encoding: 'iso-8859-8' }],
    ] as const)
      expect((await xml(bytes, options)).data).toEqual([{ Id: '1', Name: 'חלב מלא' }]);
  });

  it('is read in full, whatever its size', async () => {
    const { data, faults } = await xml(feed(Array.from({ length: 20_000 }, (_, i) => item(i))));
    expect(faults).toEqual([]);
    expect(data).toHaveLength(20_000);
    expect(data[19_999]).toEqual({ Id: '19999', Name: 'name 19999' });
  });

  it.each([
    ['a bare ampersand', (text: string) => text.replace('name 50', 'a & b')],
    ['an unknown entity', (text: string) => text.replace('name 50', 'a&nbsp;b')],
    ['an end tag that is missing', (text: string) => text.replace('50</Name>', '50')],
    ['a record that is not closed', (text: string) => text.replace('name 50</Name></Item>', 'name 50</Name>')],
    ['a quote that is missing', (text: string) => text.replace('<Id>50', '<Id a=1>50')],
    ['a NUL', (text: string) => text.replace('name 50', 'a\0b')],
  ])('loses one record to %s', async (_, spoil) => {
    const reading = await xml(spoil(feed(Array.from({ length: 100 }, (_, i) => item(i)))));
    expect(ids(reading)).toEqual(Array.from({ length: 100 }, (_, i) => i).filter((i) => i !== 50));
    expect(reading.faults.map(({ code }) => code)).toEqual(['RECORD_MALFORMED']);
    expect(reading.faults[0]?.original).toContain('<Id');
  });

  it('loses the last record when it is not closed', async () => {
    const reading = await xml(feed([item(1), '<Item><Id>2</Id>']));
    expect(ids(reading)).toEqual([1]);
    expect(reading.faults.map(({ code }) => code)).toContain('RECORD_MALFORMED');
  });

  it('puts bytes that cannot be decoded aside with their record', async () => {
    const bytes = Buffer.from(feed([item(1), item(2), item(3)]));
    bytes[bytes.indexOf('name 2') + 1] = 0xe9;
    const reading = await xml(bytes);
    expect(ids(reading)).toEqual([1, 3]);
  });

  it('puts records that are too large or too deep aside', async () => {
    const deep = item(3, `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`);
    const reading = await xml(feed([item(1), item(2, `<T>${'x'.repeat(3_000_000)}</T>`), deep, item(4)]));
    expect(ids(reading)).toEqual([1, 4]);
    expect(reading.faults.map(({ code }) => code)).toEqual(['RECORD_MALFORMED', 'RECORD_MALFORMED']);
  });

  it('expands no entities of a document type', async () => {
    const reading = await xml(
      `<!DOCTYPE Root [<!ENTITY a "aaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><Root>${item(1, '<T>&a;&b;</T>')}${item(2)}</Root>`,
    );
    expect(ids(reading)).toEqual([2]);
    expect(reading.faults).toHaveLength(1);
  });

  it('says that it is cut, empty or something else', async () => {
    const whole = feed(Array.from({ length: 5 }, (_, i) => item(i)));
    const cut = await xml(whole.slice(0, whole.indexOf('name 3')));
    expect(ids(cut)).toEqual([0, 1, 2]);
    expect(cut.faults.map(({ code }) => code).sort()).toEqual(['RECORD_MALFORMED', 'SOURCE_MALFORMED']);
    expect((await xml('')).faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
    expect((await xml('<html><body>Log in</body></html>')).faults[0]?.reason).toContain('HTML');
    expect((await xml('id,title\n1,a\n')).faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
    expect((await xml('x'.repeat(3_000_000))).faults.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED']);
  });
});
