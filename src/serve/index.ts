export { buildApp } from './app.js';
export type { AppDeps, Readiness, ResolveAnswer, ResolveFunction } from './deps.js';
export { lookupKeysOf } from './lookup-keys.js';
export { readHorizon } from './products.sql.js';
export { toSearchDocument } from './search-document.js';
export { buildWorkerApp } from './worker-app.js';
