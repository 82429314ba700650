export { checkServers } from './check-servers.js';
export { migrationFinding, runMigrations } from './database/index.js';
export type { ServerFinding } from './finding.js';
export { type LockHolder, lives, readHolder } from './lock.js';
export { checkLog, type LogCheck } from './log/index.js';
export { openPlatform } from './open.js';
export { databaseFolder, logFolder } from './own.js';
export type { Access, OpenOptions, Platform, PlatformConfig, PlatformLogger } from './platform.js';
