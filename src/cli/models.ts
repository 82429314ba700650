import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { currentSnapshot, liveCount, modelId, refreshSnapshot } from '../dedup/store/index.js';
import { installationFolder } from '../installation.js';
import { readModel } from '../model-file.js';
import { pipelineContext } from '../pipeline/open.js';
import { runPipeline } from '../pipeline.js';
import { openWorkspace } from '../workspace.js';
import { type CommandModule, globalOptions, writeJson, writeLine } from './io.js';

export interface ModelLine {
  name: string;
  version: string;
  match: number;
  review: number;
  features: number;
}

/** The models of the configuration folder and the shipped ones, by name. */
export async function listModels(configFolder: string): Promise<ModelLine[]> {
  const names = new Set<string>();
  for (const folder of [configFolder, join(installationFolder(), 'config')]) {
    const files = await readdir(join(folder, 'models')).catch(() => [] as string[]);
    for (const file of files) if (file.endsWith('.json')) names.add(file.slice(0, -'.json'.length));
  }
  const lines: ModelLine[] = [];
  for (const name of [...names].sort()) {
    const model = await readModel(name, configFolder);
    lines.push({
      name,
      version: modelId(model),
      match: model.thresholds.match,
      review: model.thresholds.review,
      features: model.features.length,
    });
  }
  return lines;
}

export const modelsCommand: CommandModule = (program, io) => {
  const group = program.command('models').description('list the models; take a new corpus snapshot');
  group
    .command('list')
    .description('the models that can be named, and the snapshot in force')
    .action(async (_options, command) => {
      const { config: folder, json } = globalOptions(command);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io);
      try {
        const models = await listModels(workspace.config.folder);
        const stored = await currentSnapshot(workspace.platform.database);
        const live = await liveCount(workspace.platform.database);
        const used = workspace.config.assay.matching.model;
        if (json) {
          writeJson(io, {
            models,
            used,
            snapshot: stored && { id: stored.id, model: stored.model, records: stored.records },
            live,
          });
          return;
        }
        for (const m of models)
          writeLine(
            io,
            `${m.name === used ? '*' : ' '} ${m.version}  match ${m.match}  review ${m.review}  ${m.features} features`,
          );
        writeLine(
          io,
          stored === undefined
            ? 'No snapshot yet: the first run takes it.'
            : `Snapshot ${stored.id} of ${stored.records} records (now ${live}), taken for ${stored.model}.`,
        );
      } finally {
        await workspace.close();
      }
    });
  group
    .command('refresh')
    .description('take a new corpus snapshot and score everything again')
    .action(async (_options, command) => {
      const { config: folder, json } = globalOptions(command);
      const workspace = await openWorkspace(resolve(io.cwd, folder), io, { write: true });
      try {
        const context = await pipelineContext(workspace, io);
        const stored = await refreshSnapshot(workspace.platform.database, context.model);
        const summary = await runPipeline(context, { kind: 'refresh', sources: [] });
        if (json) writeJson(io, { snapshot: { id: stored.id, records: stored.records }, run: summary });
        else
          writeLine(
            io,
            `Snapshot ${stored.id} of ${stored.records} records. ${summary.goldenRecords} golden records: ${summary.merged} merged, ${summary.split} split.`,
          );
      } finally {
        await workspace.close();
      }
    });
};
