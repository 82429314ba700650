import { readFileSync } from 'node:fs';
import type { PlatformConfig } from './platform.js';
import { parseSynonyms } from './search/index.js';

/** The settings of the brokers, as the adapter and the checks of `assay doctor` take them. */
export function kafkaOptions({ assay: { platform, log } }: PlatformConfig) {
  const { kafkaSasl, kafkaUsername, kafkaPassword } = platform;
  return {
    brokers: platform.kafkaBrokers,
    namespace: platform.namespace,
    tls: platform.kafkaTls,
    ...(log.replication === undefined ? {} : { replication: log.replication }),
    ...(kafkaSasl === undefined
      ? {}
      : { sasl: { mechanism: kafkaSasl, username: kafkaUsername ?? '', password: kafkaPassword ?? '' } }),
  };
}

/** The synonyms file's content, where one is configured. */
export function synonymsOf({ assay: { search } }: PlatformConfig): { synonyms?: ReturnType<typeof parseSynonyms> } {
  return search.synonyms === undefined ? {} : { synonyms: parseSynonyms(readFileSync(search.synonyms, 'utf8')) };
}
