/**
 * `npm start`: pulls the sample sources, reconciles them, prints the report and serves. The REST source is played by the
 * bundled fixture server, unless ASSAY_FIXTURE_URL names another one.
 */
import { resolve } from 'node:path';
import { startFixtureServer } from '../fixtures/server.js';
import { progress } from './cli/progress.js';
import { interruptible } from './cli/signals.js';
import { packageVersion } from './cli/version.js';
import { AssayError, messageOf } from './errors.js';
import { pipelineContext } from './pipeline/open.js';
import { collectReport, lookOf, renderTerminal } from './report/index.js';
import { startService } from './service.js';
import { openWorkspace } from './workspace.js';

async function start(signal: AbortSignal): Promise<void> {
  const env = { ...process.env };
  const fixtures = env.ASSAY_FIXTURE_URL === undefined ? await startFixtureServer({ port: 0 }) : undefined;
  if (fixtures !== undefined) env.ASSAY_FIXTURE_URL = fixtures.url;
  const io = { stdout: process.stdout, stderr: process.stderr, env, cwd: process.cwd(), signal };
  const workspace = await openWorkspace(resolve(env.ASSAY_CONFIG ?? 'config'), io, { write: true });
  try {
    const shown = progress(io);
    const service = await startService(await pipelineContext(workspace, io, shown.step), {
      ...workspace.config.assay.server,
      reconcileFirst: true,
      schedule: true,
      work: true,
      version: packageVersion(),
    });
    process.stderr.write(
      `Assay listens on ${service.address}; /ready answers 200 when the first reconciliation is searchable.\n`,
    );
    try {
      await service.ready;
      shown.done();
      const report = await collectReport(workspace.platform.database, workspace.config);
      process.stdout.write(`${renderTerminal(report, lookOf(process.stdout, env))}\n`);
      process.stdout.write(`\nSearch: ${service.address}/   API: ${service.address}/docs   Stop: Ctrl-C\n`);
      await new Promise<void>((stop) => {
        if (signal.aborted) stop();
        else signal.addEventListener('abort', () => stop(), { once: true });
      });
    } finally {
      await service.close();
    }
  } finally {
    await workspace.close();
    await fixtures?.close();
  }
}

const stop = interruptible();
try {
  await start(stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    process.stderr.write(`assay: ${messageOf(error)}\n${error instanceof AssayError ? `${error.hint}\n` : ''}`);
    process.exitCode = 1;
  }
} finally {
  stop.release();
}
