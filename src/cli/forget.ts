import { resolve } from 'node:path';
import { forget } from '../pipeline/forget.js';
import { pipelineContext } from '../pipeline/open.js';
import { runPipeline } from '../pipeline.js';
import { openWorkspace } from '../workspace.js';
import { type CommandModule, globalOptions, writeJson, writeLine } from './io.js';

export const forgetCommand: CommandModule = (program, io) => {
  program
    .command('forget')
    .description('remove a record for good, and resolve its cluster again')
    .argument('<source>', 'the source')
    .argument('<id>', "the source's id of the record")
    .action(async (source: string, sourceId: string, _options, command) => {
      const { config: folder, json } = globalOptions(command);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io);
      try {
        const context = await pipelineContext(workspace, io);
        const reconcile = workspace.platform.shared
          ? undefined
          : () => runPipeline(context, { kind: 'forget', sources: [] });
        const result = await forget(context, { source, sourceId }, reconcile);
        if (json) writeJson(io, result);
        else if (!result.found)
          writeLine(
            io,
            `${source}/${sourceId} was not in the store; ${result.messages} messages of it were taken out of the log.`,
          );
        else
          writeLine(
            io,
            `${source}/${sourceId} is forgotten: ${result.messages} messages, ${result.historiesOf.length} histories, golden record ${result.goldenId ?? '-'}.`,
          );
      } finally {
        await workspace.close();
      }
    });
};
