import type { ServerFinding } from './finding.js';
import type { TopicSpec } from './log/port.js';
import type { PlatformConfig } from './platform.js';
import { kafkaOptions, synonymsOf } from './server-options.js';

type Look = (config: PlatformConfig, topics: readonly TopicSpec[]) => Promise<ServerFinding[]>;

/**
 * Looks at every server that the configuration names, in the order in which one needs the other. A finding's check begins
 * with the server's name. Clients are loaded on use.
 *
 * @param topics as the log should have them; those that are not there yet are no fault
 */
export async function checkServers(
  config: PlatformConfig,
  topics: readonly TopicSpec[] = [],
): Promise<ServerFinding[]> {
  const { platform } = config.assay;
  const looks: [server: string, configured: boolean, look: Look][] = [
    ['postgres', platform.databaseUrl !== undefined, lookAtPostgres],
    ['registry', platform.schemaRegistryUrl !== undefined, lookAtRegistry],
    ['kafka', platform.kafkaBrokers.length > 0, lookAtKafka],
    ['redis', platform.redisUrl !== undefined, lookAtRedis],
    ['elasticsearch', platform.elasticsearchUrl !== undefined, lookAtElasticsearch],
  ];
  const findings: ServerFinding[] = [];
  for (const [server, configured, look] of looks)
    if (configured)
      for (const finding of await look(config, topics))
        findings.push({ ...finding, check: `${server} ${finding.check}` });
  return findings;
}

const lookAtPostgres: Look = async ({ assay: { platform } }) => {
  const { checkPostgres } = await import('./database/index.js');
  return checkPostgres({ url: platform.databaseUrl! });
};

const lookAtRegistry: Look = async ({ assay: { platform } }) => {
  const { checkRegistry } = await import('./registry/index.js');
  return checkRegistry({ url: platform.schemaRegistryUrl!, namespace: platform.namespace });
};

const lookAtKafka: Look = async (config, topics) => {
  const { checkKafka } = await import('./log/kafka/index.js');
  return checkKafka({ ...kafkaOptions(config), topics });
};

const lookAtRedis: Look = async ({ assay: { platform } }) => {
  const { checkRedis } = await import('./cache/redis/index.js');
  return checkRedis({ url: platform.redisUrl!, namespace: platform.namespace });
};

const lookAtElasticsearch: Look = async (config) => {
  const { elasticsearchUrl, namespace } = config.assay.platform;
  const { checkElasticsearch } = await import('./search/elasticsearch/index.js');
  return checkElasticsearch({ url: elasticsearchUrl!, namespace, ...synonymsOf(config) });
};
