/** Blocking: which records are worth comparing. A kind of key is one file and one line in `keys.ts`. */
export { type Blocks, groupKeys } from './blocks.js';
export { KeyColumns } from './key-columns.js';
export { capOf, IDENTIFIERS, KEY_KINDS, KeyMaker } from './keys.js';
export { KeySink } from './sink.js';
