import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/dedup/table/index.js';
import { applyOverrides, parseOverrides } from '../../../src/dedup/table/override.js';

function tables() {
  const columns = (...names: string[]): Column[] =>
    names.map((name) => ({ name, role: name === 'id' ? 'id' : 'attribute', why: '' }));
  return new Map([
    ['left', columns('id', 'name', 'net weight, g', 'a.b')],
    ['right', columns('id', 'name', 'sku')],
  ]);
}

function applied(text: string): string[] {
  const all = tables();
  applyOverrides(all, parseOverrides(text));
  return [...all].flatMap(([table, columns]) =>
    columns.flatMap(({ name, role, why }) => (why === '' ? [] : [`${table}.${name}=${role}`])),
  );
}

describe('--columns', () => {
  it('sets a column of one table or of all', () => {
    expect(applied('left.name=title')).toEqual(['left.name=title']);
    expect(applied('name=title, right.sku = MODEL')).toEqual([
      'left.name=title',
      'right.name=title',
      'right.sku=model',
    ]);
  });

  it('takes names with commas and dots', () => {
    expect(applied('"net weight, g"=size,a.b=color')).toEqual(['left.net weight, g=size', 'left.a.b=colour']);
    expect(applied('left."net weight, g"=ignore')).toEqual(['left.net weight, g=ignore']);
  });

  it('lets another column be the id', () => {
    expect(applied('right.sku=id')).toEqual(['right.id=ignore', 'right.sku=id']);
  });

  it('says what is wrong', () => {
    expect(() => parseOverrides('name')).toThrow(/"name" is not COLUMN=ROLE/);
    expect(() => parseOverrides('name=titel')).toThrow(/no role "titel"; the roles are id, title/);
    expect(() => applied('left.nam=title')).toThrow(/left\.nam=title.*left: id, name/);
  });
});
