import { resolve } from 'node:path';
import { currentSnapshot, explainPair, type PairExplanation } from '../dedup/store/index.js';
import { AssayError } from '../errors.js';
import { thresholdsOf, uniqueSources } from '../pipeline/context.js';
import { pipelineContext } from '../pipeline/open.js';
import { openWorkspace } from '../workspace.js';
import { type CommandModule, globalOptions, writeJson, writeLine } from './io.js';

/** Reads `source/id`; the id may hold further slashes. */
export function parseRecordName(name: string): { source: string; sourceId: string } {
  const cut = name.indexOf('/');
  if (cut < 1 || cut === name.length - 1)
    throw new AssayError('USAGE', `"${name}" does not name a record: write SOURCE/ID, for example shop_api/4711.`);
  return { source: name.slice(0, cut), sourceId: name.slice(cut + 1) };
}

export function explanationText(e: PairExplanation): string {
  const lines = [
    `${e.a.source}/${e.a.sourceId}  ${e.a.title}  [${e.a.goldenId ?? '-'}]`,
    `${e.b.source}/${e.b.sourceId}  ${e.b.title}  [${e.b.goldenId ?? '-'}]`,
    '',
    `${e.sameProduct ? 'One product.' : 'Two products.'} Match probability ${e.probability.toFixed(4)} (${e.stage} stage), threshold ${e.matchThreshold}.`,
    e.candidates ? 'They share a blocking key.' : 'They share no blocking key, so they are not compared by themselves.',
  ];
  if (e.edge !== null)
    lines.push(`Edge: ${e.edge.state}${e.edge.refused === null ? '' : `, not followed: ${e.edge.refused}`}.`);
  if (e.decision !== null) lines.push(`A steward decided: ${e.decision}.`);
  lines.push('');
  const width = Math.max(...Object.keys(e.features).map((name) => name.length));
  for (const [name, value] of Object.entries(e.features))
    lines.push(`  ${name.padEnd(width)}  ${value === null ? 'missing' : Number(value.toFixed(4))}`);
  return lines.join('\n');
}

export const explainCommand: CommandModule = (program, io) => {
  program
    .command('explain')
    .description('why two records are, or are not, one product')
    .argument('<a>', 'SOURCE/ID')
    .argument('<b>', 'SOURCE/ID')
    .action(async (a: string, b: string, _options, command) => {
      const { config: folder, json } = globalOptions(command);
      const [left, right] = [parseRecordName(a), parseRecordName(b)];
      const workspace = await openWorkspace(resolve(io.cwd, folder), io);
      try {
        const context = await pipelineContext(workspace, io);
        const snapshot = await currentSnapshot(workspace.platform.database);
        if (snapshot === undefined)
          throw new AssayError('NOT_READY', 'Nothing has been reconciled yet: `assay run` does it.');
        const explanation = await explainPair(workspace.platform.database, left, right, {
          model: context.model,
          snapshot: snapshot.snapshot,
          uniqueSources: uniqueSources(workspace.config),
          matchThreshold: thresholdsOf(context).match,
        });
        if (json) writeJson(io, explanation);
        else writeLine(io, explanationText(explanation));
      } finally {
        await workspace.close();
      }
    });
};
