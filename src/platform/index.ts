export { runMigrations } from './database/index.js';
export { openPlatform } from './open.js';
export type { Access, OpenOptions, Platform, PlatformConfig, PlatformLogger } from './platform.js';
