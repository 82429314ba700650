import { type Command, Option } from 'commander';
import { AssayError } from '../errors.js';
import { TOPICS } from '../pipeline/context.js';
import {
  dropLetters,
  type Letter,
  type LetterFilter,
  type LetterRow,
  type LetterStatus,
  listLetters,
  lookOf,
  printable,
  retryLetters,
  STATUSES,
  showLetter,
  table,
} from '../report/index.js';
import type { Workspace } from '../workspace.js';
import { type CommandIo, type CommandModule, writeJson, writeLine } from './io.js';
import { numberAtLeast } from './report.js';
import { within } from './within.js';

/** The part of a workspace that these commands use. */
type DeadLetterWorkspace = { platform: Pick<Workspace['platform'], 'database' | 'log'> };

interface JsonOption {
  json?: boolean;
}

interface PickOptions {
  source?: string;
  code?: string;
  step?: string;
  all?: boolean;
}

interface ListOptions extends Omit<PickOptions, 'all'>, JsonOption {
  status?: LetterStatus;
  limit?: number;
}

const DEFAULT_LIMIT = 50;

/** The list as a table, with what to do next. */
function letterTable(io: CommandIo, found: { total: number; letters: readonly LetterRow[] }): string {
  if (found.letters.length === 0) return 'No dead letters.';
  const more = found.total - found.letters.length;
  const rows = found.letters.map((row) => [
    row.id,
    row.source,
    row.sourceId,
    row.step,
    row.code,
    row.status,
    cut(row.reason),
  ]);
  const text = table(
    '',
    ['id', 'source', 'source id', 'step', 'code', 'status', 'reason'],
    rows,
    lookOf(io.stdout, io.env),
  );
  return more > 0 ? `${text}\n${more} more; --limit shows more, --source, --code and --step narrow.` : text;
}

const cut = (reason: string): string => (reason.length > 100 ? `${reason.slice(0, 99)}…` : reason);

/** One letter for people; the original comes last and as it is, but for characters that would control the terminal. */
function letterText(letter: Letter): string {
  const original = letter.original.split('\n').map(printable).join('\n');
  return [
    `id       ${letter.id}`,
    `source   ${letter.source}`,
    `record   ${letter.sourceId === '' ? '(no id could be read)' : printable(letter.sourceId)}`,
    `step     ${letter.step}`,
    `code     ${letter.code}`,
    `status   ${letter.status}`,
    `at       ${letter.at}`,
    `origin   ${printable(letter.origin)}`,
    `mapping  ${letter.mapping === '' ? '(none yet)' : letter.mapping}`,
    `reason   ${printable(letter.reason)}`,
    '',
    original,
  ].join('\n');
}

/** The filter of a command that changes letters: without ids or a condition it asks for `--all`. */
export function pickedLetters(ids: readonly string[], options: PickOptions): LetterFilter {
  const { source, code, step } = options;
  if (ids.length === 0 && source === undefined && code === undefined && step === undefined && options.all !== true)
    throw new AssayError('USAGE', 'Name dead letters, narrow them with --source, --code or --step, or give --all.');
  return { ids: ids.length === 0 ? undefined : ids, source, code, step };
}

/** Lists letters, the newest first. */
export async function list({ platform }: DeadLetterWorkspace, io: CommandIo, options: ListOptions): Promise<void> {
  const { source, code, step, status = 'open', limit = DEFAULT_LIMIT } = options;
  const found = await listLetters(platform.database, { source, code, step, status: [status] }, limit);
  if (options.json) writeJson(io, found);
  else writeLine(io, letterTable(io, found));
}

/** Shows one letter whole. */
export async function show(
  { platform }: DeadLetterWorkspace,
  io: CommandIo,
  id: string,
  options: JsonOption,
): Promise<void> {
  const letter = await showLetter(platform.database, id);
  if (options.json) writeJson(io, letter);
  else writeLine(io, letterText(letter));
}

/** Sends the records of open letters again. */
export async function retry(
  { platform }: DeadLetterWorkspace,
  io: CommandIo,
  filter: LetterFilter,
  options: JsonOption,
): Promise<void> {
  const result = await retryLetters(platform.database, platform.log, TOPICS.raw, filter, io.signal);
  if (options.json) return writeJson(io, result);
  writeLine(
    io,
    `${result.retried} sent again, \`assay run\` maps them; left open: ${result.superseded} with a newer version in the ` +
      `store, ${result.notRecords} that hold no whole record (the next pull reads the feed anew)`,
  );
}

/** Takes letters out of the queue. */
export async function drop(
  { platform }: DeadLetterWorkspace,
  io: CommandIo,
  filter: LetterFilter,
  options: JsonOption,
): Promise<void> {
  const dropped = await dropLetters(platform.database, filter);
  if (options.json) writeJson(io, { dropped });
  else writeLine(io, `${dropped} dropped`);
}

function narrowed(command: Command): Command {
  return command
    .option('--source <name>', 'only of this source')
    .option('--code <code>', 'only with this error code')
    .option('--step <step>', 'only of this step');
}

export const deadLettersCommand: CommandModule = (program, io) => {
  const group = program
    .command('dead-letters')
    .description('list, show, retry or drop the records that could not be used');
  narrowed(group.command('list'))
    .description('the newest dead letters')
    .addOption(new Option('--status <status>', 'only with this status').choices(STATUSES).default('open'))
    .option('--limit <n>', 'how many', numberAtLeast(1, true), DEFAULT_LIMIT)
    .action((options: ListOptions, command: Command) =>
      within(command, io, (workspace, json) => list(workspace, io, { ...options, json })),
    );
  group
    .command('show')
    .description('one dead letter with its reason, origin and original')
    .argument('<id>', 'its id, as listed')
    .action((id: string, _options: unknown, command: Command) =>
      within(command, io, (workspace, json) => show(workspace, io, id, { json })),
    );
  narrowed(group.command('retry'))
    .description('send the records of open dead letters through the pipeline again; the next run maps them')
    .argument('[id...]', 'dead letters')
    .option('--all', 'every open dead letter')
    .action((ids: string[], options: PickOptions, command: Command) => {
      const filter = pickedLetters(ids, options);
      return within(command, io, (workspace, json) => retry(workspace, io, filter, { json }));
    });
  narrowed(group.command('drop'))
    .description('take dead letters out of the queue; they stay on record as dropped')
    .argument('[id...]', 'dead letters')
    .option('--all', 'every open or retried dead letter')
    .action((ids: string[], options: PickOptions, command: Command) => {
      const filter = pickedLetters(ids, options);
      return within(command, io, (workspace, json) => drop(workspace, io, filter, { json }));
    });
};
