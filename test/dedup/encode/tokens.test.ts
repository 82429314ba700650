import { describe, expect, it } from 'vitest';
import { tokenise } from '../../../src/dedup/encode/tokens.js';

const texts = (text: string) => tokenise(text).texts;

describe('tokenise', () => {
  it('cuts words, folds case and accents, in several scripts', () => {
    expect(texts('Café-Crème  ÜBER')).toEqual(['cafe', 'creme', 'uber']);
    expect(texts('גבינה צהובה')).toEqual(['גבינה', 'צהובה']);
    expect(texts('Молоко ЦЕЛЬНОЕ')).toEqual(['молоко', 'цельное']);
    expect(texts("men's shirt")).toEqual(['mens', 'shirt']);
  });

  it('reads numbers with their units into base units', () => {
    expect(texts('330 ml')).toEqual(['330ml']);
    expect(texts('33cl')).toEqual(['330ml']);
    expect(texts('0.33l')).toEqual(['330ml']);
    expect(texts('1TB')).toEqual(texts('1000 GB'));
    expect(texts('2,5 kg')).toEqual(['2500g']);
    expect(texts('500 גרם')).toEqual(texts('500g'));
    expect(texts('15.6" tv')).toEqual(texts('15.6 inch tv'));
    expect(texts('32-inch')).toContain('812.8mm');
  });

  it('reads packs', () => {
    expect(texts('6 x 330ml')).toEqual(['6pc', '330ml']);
    expect(texts('6x33cl')).toEqual(['6pc', '330ml']);
    expect(texts('pack of 12')).toEqual(['12pc']);
    expect(texts('12 pack')).toEqual(['12pc']);
  });

  it('keeps thousands and decimals apart', () => {
    expect(texts('1,000 sheets')).toEqual(['1000', 'sheets']);
    expect(texts('version 6.0')).toEqual(['version', '6']);
    expect(texts('version 6.5')).toEqual(['version', '6.5']);
  });

  it('joins the parts of a code, and squashes the whole text', () => {
    expect(texts('KC87-714I')).toContain('kc87714i');
    expect(texts('usb-cable')).not.toContain('usbcable');
    expect(tokenise('PS-LX 350H').squash).toBe('pslx350h');
  });

  it('never fails on odd text', () => {
    for (const text of ['', '   ', '...', '"', '1"', "'", '1.', '.5', 'a-', '-a', '1,2,3', '\ud800', '٣٣٠ml'])
      tokenise(text);
    expect(texts('٣٣٠ml')).toEqual(['330ml']);
  });
});
