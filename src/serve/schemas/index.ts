import { ProductSchema, ValuesSchema } from './product.js';
import { SearchItemSchema } from './search.js';

export * from './history.js';
export * from './product.js';
export * from './resolve.js';
export * from './search.js';
export * from './similar.js';

/** Schemas that others refer to by name. */
export const SHARED_SCHEMAS = [ValuesSchema, ProductSchema, SearchItemSchema];
