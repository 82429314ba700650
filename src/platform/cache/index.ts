export { createMemoryCache, type MemoryCacheOptions } from './memory.js';
export type * from './port.js';
