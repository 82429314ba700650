import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AssayError } from '../errors.js';
import { type ElasticsearchSearch, openElasticsearch } from '../platform/search/elasticsearch/index.js';
import { parseSynonyms } from '../platform/search/index.js';
import { openWorkspace, type Workspace } from '../workspace.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson, writeLine } from './io.js';
import { progress } from './progress.js';
import { rebuildSearchIndex } from './search-index-rebuild.js';

export const searchIndexCommand: CommandModule = (program, io) => {
  const group = program.command('search-index').description('the index of the search server: its state; build it anew');
  group
    .command('status')
    .description('what the search server has, beside the golden records')
    .action((_options, command) =>
      withServer(command, io, async ({ platform }, search, json) => {
        const [row] = await platform.database.query<{ count: unknown }>('select count(*) as count from golden_record');
        const status = { ...(await search.status()), goldenRecords: Number(row?.count ?? 0) };
        if (json) return writeJson(io, status);
        const { index = 'no index', state, documents, goldenRecords, removed, filling } = status;
        writeLine(
          io,
          `${index} (${state}): ${documents} documents of ${goldenRecords} golden records, ${removed} removed`,
        );
        if (filling.length > 0) writeLine(io, `being filled: ${filling.join(', ')}`);
        if (state !== 'current') writeLine(io, 'Build it anew: assay search-index rebuild');
      }),
    );
  group
    .command('rebuild')
    .description('fill a new index from the golden records and put it in the place of the old one; searches go on')
    .action((_options, command) =>
      withServer(command, io, async ({ platform }, search, json) => {
        const shown = progress(io);
        try {
          const rebuilt = await rebuildSearchIndex(platform.database, search, {
            signal: io.signal,
            told: (written, total) => shown.step('search index', written, total),
          });
          shown.done();
          if (json) writeJson(io, rebuilt);
          else writeLine(io, `${rebuilt.index}: ${rebuilt.documents} documents (${rebuilt.before} before), in use now`);
        } finally {
          shown.done();
        }
      }),
    );
};

async function withServer(
  command: Parameters<typeof globalOptions>[0],
  io: CommandIo,
  work: (workspace: Workspace, search: ElasticsearchSearch, json: boolean) => Promise<void>,
): Promise<void> {
  const { config: folder, json } = globalOptions(command);
  const workspace = await openWorkspace(resolve(io.cwd, folder), io);
  try {
    const { platform, search: settings } = workspace.config.assay;
    if (platform.elasticsearchUrl === undefined)
      throw new AssayError('USAGE', 'no search server is configured: the index of the database needs no rebuild');
    const search = await openElasticsearch({
      url: platform.elasticsearchUrl,
      namespace: platform.namespace,
      ...(settings.synonyms === undefined ? {} : { synonyms: parseSynonyms(readFileSync(settings.synonyms, 'utf8')) }),
    });
    try {
      await work(workspace, search, json);
    } finally {
      await search.close();
    }
  } finally {
    await workspace.close();
  }
}
