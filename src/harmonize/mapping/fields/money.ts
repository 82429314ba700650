import type { Price } from '../../../records.js';
import { cleanText, normaliseCurrency, parsePrice } from '../../normalisers/index.js';
import { firstText, isMissing, isRecord } from '../values.js';
import type { FieldDefinition } from './definition.js';

const LONGEST = 200;

export const currency: FieldDefinition = {
  name: 'currency',
  summary:
    'An ISO 4217 code in capitals is the currency of every price that names none; anything else is where a record says it.',
  many: false,
  compile:
    (evaluate, { locale }) =>
    (data, draft, notes) => {
      const value = evaluate(data, notes);
      if (isMissing(value)) return;
      const text = firstText(value);
      const code = text === undefined || text.length > LONGEST ? undefined : normaliseCurrency(text, locale);
      if (code === undefined) notes.push('invalid:currency');
      else draft.currency = code;
    },
};

/** {amount, currency} objects, as APIs have them, or any text or number. */
function read(value: unknown, locale: string | undefined, usual: string | undefined): Price | undefined {
  if (typeof value === 'number')
    return value > 0 && Number.isFinite(value)
      ? usual === undefined
        ? { amount: value }
        : { amount: value, currency: usual }
      : undefined;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      const price = read(item, locale, usual);
      if (price !== undefined) return price;
    }
    return undefined;
  }
  if (isRecord(value)) {
    const unit = firstText(value.currency ?? value.currency_code ?? value.currencyCode ?? value.priceCurrency);
    const own = unit === undefined ? undefined : normaliseCurrency(unit, locale);
    return read(value.amount ?? value.value ?? value.price ?? value['#text'], locale, own ?? usual);
  }
  return typeof value === 'string' && value.length <= LONGEST ? parsePrice(value, locale, usual) : undefined;
}

export const price: FieldDefinition = {
  name: 'price',
  summary: 'What it costs: a number, a text in any notation, or {amount, currency}. Zero is no price.',
  many: false,
  compile:
    (evaluate, { locale, currency: usual }) =>
    (data, draft, notes) => {
      const value = evaluate(data, notes);
      if (isMissing(value)) return;
      const found = read(value, locale, draft.currency ?? usual);
      if (found !== undefined) {
        // The source's currency field says what its sign means: "$" beside CAD is Canadian.
        draft.price = draft.currency === undefined ? found : { amount: found.amount, currency: draft.currency };
        return;
      }
      notes.push('invalid:price');
      const text = firstText(value);
      const shown = text === undefined || text.length > LONGEST ? '' : cleanText(text);
      if (!/^[\s0.,]*$/.test(shown)) draft.attributes.set('price_invalid', shown);
    },
};
