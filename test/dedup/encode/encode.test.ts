import { describe, expect, it } from 'vitest';
import { encodeRecord } from '../../../src/dedup/encode/index.js';
import { product } from '../products.js';

describe('encodeRecord', () => {
  it('takes the primary code from the model field, without separators and brand', () => {
    const encoded = encodeRecord(product('Lumo kettle', { brand: 'Lumo', model: 'Lumo KX-200' }));
    expect(encoded.codes[0]).toBe('kx200');
    expect(encoded.fieldCodes).toBe(1);
  });

  it('finds codes in titles, the longest mixed one first', () => {
    expect(encodeRecord(product('Lumo A1 speaker SBX-4500 2024')).codes[0]).toBe('sbx4500');
  });

  it('does not take measures, ordinals and resolutions for codes', () => {
    expect(encodeRecord(product('3rd gen lamp 18V 500ml 1080p 4k')).codes).toEqual([]);
  });

  it('ignores fillers', () => {
    const encoded = encodeRecord(product('lamp', { brand: 'N/A', model: 'does not apply' }));
    expect(encoded.brand).toBe('');
    expect(encoded.codes).toEqual([]);
  });

  it('prefers the colour field to colours of the title', () => {
    const fielded = encodeRecord(product('Blue Moon lamp', { colour: 'red' }));
    const titled = encodeRecord(product('lamp rot'));
    expect(fielded.colourField).toBe(true);
    expect(fielded.colours).toBe(titled.colours);
  });

  it('reads sizes from fields and titles', () => {
    expect(encodeRecord(product('shirt', { size: 'XL' })).size).toBe('xl');
    expect(encodeRecord(product('shirt (size M)')).size).toBe('m');
    expect(encodeRecord(product('drill', { size: '18 V' })).fieldMeasures).toBe(1);
  });
});
