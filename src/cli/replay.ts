import { resolve } from 'node:path';
import { TOPICS } from '../pipeline/context.js';
import { pipelineContext } from '../pipeline/open.js';
import { type ReplayResult, replayLog } from '../pipeline/replay.js';
import { runPipeline } from '../pipeline.js';
import { openWorkspace } from '../workspace.js';
import { type CommandModule, globalOptions, writeJson, writeLine } from './io.js';

export function replayText(result: ReplayResult): string {
  const lines = [`${result.records} records in the log, mapped with today's mappings:`];
  for (const [source, n] of Object.entries(result.bySource).sort(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(`  ${source}: ${n.same} the same, ${n.changed} changed, ${n.appeared} new, ${n.failing} failing`);
  const fields = Object.entries(result.fields).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (fields.length > 0) lines.push(`Fields: ${fields.map(([field, n]) => `${field} ${n}`).join(', ')}`);
  const { today, replayed, same } = result.goldenRecords;
  lines.push(`Golden records: ${today} today, ${replayed} after the replay, ${same} with the same members.`);
  return lines.join('\n');
}

export const replayCommand: CommandModule = (program, io) => {
  program
    .command('replay')
    .description("read the log again with today's mappings and model, and show what would change")
    .option('--apply', 'send what changed through the pipeline')
    .action(async (options: { apply?: boolean }, command) => {
      const { config: folder, json } = globalOptions(command);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io, { write: options.apply === true });
      try {
        const context = await pipelineContext(workspace, io);
        const result = await replayLog(context);
        const { changed, ...shown } = result;
        if (json) writeJson(io, { ...shown, changed: changed.length });
        else writeLine(io, replayText(result));
        if (options.apply !== true) return;
        await workspace.platform.log.append(TOPICS.canonical, changed);
        const summary = await runPipeline(context, { kind: 'replay', sources: [] });
        if (!json) writeLine(io, `Applied ${changed.length} records: ${summary.goldenRecords} golden records.`);
      } finally {
        await workspace.close();
      }
    });
};
