export { checkLog, type LogCheck } from './check.js';
export { type FileLog, type FileLogOptions, openFileLog } from './file-log.js';
export { type KafkaLog, type KafkaLogOptions, type MessageCodec, openKafkaLog } from './kafka/index.js';
export type { FsyncPolicy } from './partition-writer.js';
export type * from './port.js';
export type { TornTail } from './recovery.js';
export { openRemoteLog } from './remote.js';
