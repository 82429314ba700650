import type { ServerFinding } from './finding.js';
import type { PlatformConfig } from './platform.js';
import { synonymsOf } from './server-options.js';

/** Looks at every server that the configuration names, in the order in which one needs the other. Clients are loaded on use. */
export async function checkServers(config: PlatformConfig): Promise<ServerFinding[]> {
  const { databaseUrl, redisUrl, elasticsearchUrl, namespace } = config.assay.platform;
  const findings: ServerFinding[] = [];
  if (databaseUrl !== undefined) {
    const { checkPostgres } = await import('./database/server/check.js');
    findings.push(...(await checkPostgres({ url: databaseUrl })));
  }
  if (redisUrl !== undefined) {
    const { checkRedis } = await import('./cache/redis/index.js');
    findings.push(...(await checkRedis({ url: redisUrl, namespace: config.assay.platform.namespace })));
  }
  if (elasticsearchUrl !== undefined) {
    const { checkElasticsearch } = await import('./search/elasticsearch/index.js');
    findings.push(...(await checkElasticsearch({ url: elasticsearchUrl, namespace, ...synonymsOf(config) })));
  }
  return findings;
}
