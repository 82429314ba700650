export { type FingerprintState, type OutrankedSet, readFingerprints, writeFingerprints } from './file.js';
export { endsOf, MAX_OUTRANKED, type OpenFingerprints, openFingerprints, pairText } from './open.js';
export { FingerprintTable, type Standing, stampOf } from './table.js';
