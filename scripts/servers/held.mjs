import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** @typedef {{environment: Record<string, string>} | {reason: string}} Outcome what to hand to suites, or why there is nothing */

const VARIABLES = ['KAFKA', 'POSTGRES', 'REDIS', 'ELASTICSEARCH'].map((name) => `ASSAY_TEST_${name}`);

/**
 * Servers for one run of suites, started in the background.
 * `ready` prints what happened so far and from then on as it happens, and never rejects; `stop` returns when no process is left.
 * @returns {{ready: () => Promise<Outcome>, stop: () => Promise<void>}}
 */
export function holdServers() {
  if (VARIABLES.every((name) => process.env[name])) {
    const outcome = { environment: {} };
    return { ready: async () => outcome, stop: async () => {} };
  }
  // A process group of its own, so that Ctrl-C does not end it before it has ended the servers.
  const program = fileURLToPath(new URL('hold.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  child.stdin.on('error', () => {});
  const ended = new Promise((resolve) => child.on('close', resolve));

  /** @type {string[] | undefined} */
  let waiting = [];
  /** @param {string} line */
  const say = (line) => (waiting === undefined ? console.log(`servers: ${line}`) : waiting.push(line));
  /** @type {Promise<Outcome>} */
  const outcome = new Promise((resolve) => {
    child.on('error', (error) => resolve({ reason: error.message }));
    ended.then(() => resolve({ reason: 'the process that starts them has ended' }));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line);
      if (message.say !== undefined) say(message.say);
      if (message.ready !== undefined) resolve({ environment: message.ready });
      if (message.failed !== undefined) resolve({ reason: message.failed });
    });
  });
  return {
    ready: async () => {
      for (const line of waiting ?? []) console.log(`servers: ${line}`);
      waiting = undefined;
      return outcome;
    },
    stop: async () => {
      waiting = [];
      child.stdin.end();
      await ended;
    },
  };
}
