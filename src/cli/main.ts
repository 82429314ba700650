import { CommanderError } from 'commander';
import { redactSecrets } from '../config/secrets.js';
import { AssayError, ERRORS, type ErrorCode, messageOf } from '../errors.js';
import type { CommandIo } from './io.js';
import { buildProgram } from './program.js';
import { interruptible, PIPE_CLOSED } from './signals.js';

/**
 * Runs one command line.
 *
 * @param argv the words after `assay`.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage or configuration.
 */
export async function main(argv: readonly string[], io?: CommandIo): Promise<number> {
  if (io) return run(argv, io);
  const stop = interruptible();
  try {
    return await run(argv, {
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      cwd: process.cwd(),
      signal: stop.signal,
    });
  } finally {
    stop.release();
  }
}

async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  try {
    const program = await buildProgram(argv, io);
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    return report(error, io, argv.includes('--json'));
  }
}

function report(error: unknown, io: CommandIo, json: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Asked for nothing: commander has printed the help.
    if (error.code === 'commander.help') return 2;
    return tell('USAGE', error.message.replace(/^error: /, '').replace(/\n/g, ' '), {}, io, json);
  }
  if (io.signal.reason === PIPE_CLOSED) return 0;
  if (io.signal.aborted && !(error instanceof AssayError)) return tell('INTERNAL', 'interrupted', {}, io, json, '');
  if (error instanceof AssayError) return tell(error.code, error.message, error.details, io, json);
  if (io.env.ASSAY_DEBUG && error instanceof Error) io.stderr.write(`${redactSecrets(error.stack ?? '')}\n`);
  return tell('INTERNAL', messageOf(error), {}, io, json, 'ASSAY_DEBUG=1 shows where it happened.');
}

function tell(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>>,
  io: CommandIo,
  json: boolean,
  hint: string = ERRORS[code].hint,
): number {
  const text = json
    ? JSON.stringify({ error: { code, message, hint, ...(Object.keys(details).length > 0 && { details }) } })
    : `assay: ${message}${hint === '' ? '' : `\n${hint}`}`;
  io.stderr.write(`${redactSecrets(text)}\n`);
  return code === 'USAGE' || code === 'CONFIG_INVALID' ? 2 : 1;
}
