export { createDatabaseSearch, type DatabaseSearchOptions } from './database/search.js';
export { type FallbackOptions, type FallbackSearch, withFallback } from './fallback.js';
export * from './port.js';
export { parseSynonyms, type Synonyms } from './text/index.js';
