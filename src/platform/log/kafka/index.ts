export { checkKafka, type KafkaCheckOptions } from './check.js';
export type { MessageCodec } from './codec.js';
export { type KafkaLog, openKafkaLog } from './log.js';
export type { KafkaLogin, KafkaLogOptions } from './options.js';
