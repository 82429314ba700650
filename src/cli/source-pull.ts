import type { Config, SourceConfig } from '../config/index.js';
import { compileWhere, openConnector, type PullItem, type Where } from '../ingest/index.js';
import type { CommandIo } from './io.js';

/** What a look at a source needs; nothing of it is stored. */
export interface Glance {
  name: string;
  connector: SourceConfig['connector'];
  roots: readonly string[];
  maxRecordBytes: number;
  /** Rows that do not match are passed over. */
  where?: Where | undefined;
}

export function glanceAt(config: Config, source: SourceConfig): Glance {
  const { roots, maxRecordBytes } = config.assay.ingest;
  return { name: source.name, connector: source.connector, roots, maxRecordBytes, where: source.where };
}

/** The first items of a source through its connector, as a first pull would get them, and what the connector notices. */
export async function firstItems(
  { name, connector, roots, maxRecordBytes, where }: Glance,
  limit: number,
  io: Pick<CommandIo, 'env' | 'signal'>,
): Promise<{ items: PullItem[]; notices: string[] }> {
  const notices: string[] = [];
  const items: PullItem[] = [];
  const belongs = compileWhere(where);
  const batches = openConnector(connector, {
    source: name,
    roots,
    env: io.env,
    signal: io.signal,
    maxRecordBytes,
    watermark: undefined,
    remembered: {},
    remember: () => {},
    notModified: () => {},
    changesOnly: () => {},
    notice: (_code, message) => notices.push(message),
  });
  if (limit > 0)
    for await (const batch of batches) {
      const ofSource = batch.filter((item) => 'fault' in item || belongs(item.data));
      items.push(...ofSource.slice(0, limit - items.length));
      if (items.length >= limit) break;
    }
  return { items, notices };
}
