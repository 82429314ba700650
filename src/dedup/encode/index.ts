/** Reads products into flat columns: the only form the matcher works on. */
export { IntColumn, RaggedColumn, ShortColumn } from './columns.js';
export { type EncodedRecord, encodeRecord } from './encode.js';
export { EncodedStore, GRAM_DIMENSIONS } from './store.js';
export { CODE, MEASURE, NUMBER, WORD } from './tokens.js';
