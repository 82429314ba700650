export { createDatabaseSearch, type DatabaseSearchOptions } from './database/search.js';
export { parseSynonyms } from './database/synonyms.js';
export * from './port.js';
