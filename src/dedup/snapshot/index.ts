/** Corpus statistics that weights and keys are read from. */
export { decodeSnapshot, encodeSnapshot } from './codec.js';
export { codeHash, detailHash, type Snapshot, SnapshotCounts, snapshotOf, weightOf, wordHash } from './snapshot.js';
