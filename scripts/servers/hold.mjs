// Holds a fresh set of servers for a process that reads its output, for as long as that process keeps the input open; then
// ends them and removes their folder. However the owner ends – even by SIGKILL – its end closes the input.
//
// Writes a line of JSON for each thing it has to tell: {say}, and at last {ready} with the environment or {failed} with the reason.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverSet } from './index.mjs';

/** @param {unknown} message */
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
// Nobody reads any more: nothing is lost by not telling.
process.stdout.on('error', () => {});
// The terminal sends these to everyone; when to stop is the owner's word.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {});

const abort = new AbortController();
const over = new Promise((resolve) => {
  process.stdin.on('close', resolve).on('error', resolve).on('end', resolve).resume();
});
over.then(() => abort.abort());

const run = realpathSync(mkdtempSync(join(tmpdir(), 'assay-servers-')));
const set = serverSet({ run, say: (say) => tell({ say }), signal: abort.signal });
try {
  await set.start();
  tell({ ready: set.env() });
} catch (error) {
  if (!abort.signal.aborted) tell({ failed: error instanceof Error ? error.message : String(error) });
}
await over;
try {
  await set.stop();
} catch (error) {
  console.error(`servers: ${error instanceof Error ? error.message : error}`);
}
rmSync(run, { recursive: true, force: true, maxRetries: 5 });
