/**
 * Normalisers: pure functions from what a shop writes to what is compared. To add one, write its file and add its line here; to let
 * mappings call it by name, add a line to `../mapping/transforms.ts`.
 */
export { normaliseAvailability } from './availability.js';
export { displayBrand, normaliseBrand } from './brand.js';
export { splitCategory } from './category.js';
export { wellFormed } from './characters.js';
export { gtinCheckDigit, hasGtinCheckDigit } from './check-digit.js';
export { normaliseCode } from './code.js';
export { baseColours, normaliseColour } from './colour.js';
export { normaliseCondition } from './condition.js';
export { CURRENCIES, findCurrency, normaliseCurrency } from './currency.js';
export { parseDate } from './date.js';
export { foldText } from './fold.js';
export { type Gtin, type GtinField, isbn10To13, normaliseGtin } from './gtin.js';
export { decodeEntities, stripHtml } from './html.js';
export { parseMeasures } from './measures.js';
export { memo } from './memo.js';
export { repairMojibake } from './mojibake.js';
export { parsePrice } from './money.js';
export { asciiDigits, parseNumber, usesDecimalComma } from './number.js';
export { isPlaceholder } from './placeholder.js';
export { parseQuantity } from './quantity.js';
export { cleanRichText, cleanText } from './text.js';
export { compressUpcA, expandUpcE } from './upce.js';
export { normaliseUrl } from './url.js';
