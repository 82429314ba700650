import { describe, expect, it } from 'vitest';
import { describeColumns, openTables, parseOverrides, sourceName } from '../../../src/dedup/table/index.js';
import { scratch } from './files.js';

const { put } = scratch();

function open(content: string, columns = '') {
  const path = put('shop.csv', content);
  return openTables([{ source: 'shop', path, name: 'shop.csv' }], parseOverrides(columns))[0]!;
}

const products = (content: string, columns = '') => [...open(content, columns).records()].map(({ product }) => product);

describe('openTables', () => {
  it('makes products of rows', () => {
    const [product] = products(
      'id,title,brand,Manufacturer,mpn,ean,category,price,currency,color,size,weight,specs\n' +
        '1, Norvik  NV100 &amp; case,N/A,Norvik GmbH,NV-100/B,4006381333931;20012345,Photo > Cameras,"1.299,00",EUR,Gray,12MP,2 kg,"{""Zoom"": ""4x"", ""Wi-Fi"": true, ""ports"": [""usb"", 2]}"\n',
    );
    expect(product).toEqual({
      title: 'Norvik NV100 & case',
      brand: 'Norvik GmbH',
      mpn: 'NV-100/B',
      gtins: ['04006381333931'],
      internalCodes: ['20012345'],
      category: ['Photo', 'Cameras'],
      price: { amount: 1299, currency: 'EUR' },
      colour: 'grey',
      size: '12MP',
      images: [],
      variants: {},
      attributes: { weight: '2 kg', zoom: '4x', wi_fi: true, ports: ['usb', '2'] },
    });
  });

  it('leaves placeholders out and makes a title of brand and number where there is none', () => {
    const [first, second] = products(
      'id,title,brand,model,price\n1,nan,Norvik,NV100,0\n2,-,unknown,n/a,see shop\n',
      'price=price',
    );
    expect(first).toMatchObject({ title: 'Norvik NV100', brand: 'Norvik', model: 'NV100' });
    expect(first!.price).toBeUndefined();
    expect(second).toMatchObject({ title: '', attributes: {} });
  });

  it('can be read again and again', () => {
    const table = open('id,title\na,one\nb,two\n');
    expect([...table.records()]).toEqual([...table.records()]);
    expect([...table.records()].map(({ source, id }) => `${source} ${id}`)).toEqual(['shop a', 'shop b']);
  });

  it('shows what the columns were taken for', () => {
    expect(describeColumns(open('id,name,label\n1,a b,0\n', 'name=description')).split('\n')).toEqual([
      'shop (shop.csv)',
      '  id     id           its name',
      '  name   description  --columns',
      '  label  ignored      labels are never read',
    ]);
  });

  it('names the line of an id that is empty or listed twice, and a file without ids or rows', () => {
    expect(() => products('id,title\n1,a\n,b\n')).toThrow(/shop\.csv:3: the id is empty/);
    expect(() => products('id,title\n1,"a\nb"\n1,c\n')).toThrow(/shop\.csv:4: the id "1" is listed twice/);
    expect(() => open('sku,title\n1,a\n')).toThrow(/no column "id" \(the columns are sku, title\).*"sku=id"/);
    expect(() => open('id,title\n')).toThrow(/no row below the header/);
    expect(products('sku,title\n1,a\n', 'sku=id')).toHaveLength(1);
  });

  it('names sources after files', () => {
    expect(sourceName('/data/source_a.csv')).toBe('source_a');
    expect(sourceName('www.shop.com.csv.gz')).toBe('www.shop.com');
    expect(sourceName('plain')).toBe('plain');
  });
});
