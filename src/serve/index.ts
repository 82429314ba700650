export { buildApp } from './app.js';
export type { AppDeps, ResolveAnswer, ResolveFunction } from './deps.js';
export { toSearchDocument } from './search-document.js';
