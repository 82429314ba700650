export { avroCodec } from './avro-codec.js';
export { checkRegistry, type RegistryCheckOptions } from './check.js';
export { judge } from './compatibility.js';
export { openDatabaseRegistry } from './database-registry.js';
export { openHttpRegistry } from './http-registry.js';
export { namespaced } from './namespaced.js';
export { openRegistry } from './open.js';
export { parseSchema } from './parse-schema.js';
export * from './port.js';
