import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AssayError } from '../errors.js';
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
import { openWorkspace, type Workspace } from '../workspace.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson, writeLine } from './io.js';
import { numberAtLeast } from './report.js';

interface PickOptions {
  source?: string;
  code?: string;
  step?: string;
  status?: LetterStatus;
  limit?: number;
  all?: boolean;
}

const DEFAULT_LIMIT = 50;

/** The list as a table, with what to do next. */
export function letterTable(io: CommandIo, found: { total: number; letters: readonly LetterRow[] }): string {
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
export function letterText(letter: Letter): string {
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

function narrowed(command: Command): Command {
  return command
    .option('--source <name>', 'only of this source')
    .option('--code <code>', 'only with this error code')
    .option('--step <step>', 'only of this step');
}

export const deadLettersCommand: CommandModule = (program, io) => {
  const group = program.command('dead-letters').description('records that failed: list, show, retry, drop');
  const within = async (
    command: Command,
    write: boolean,
    work: (workspace: Workspace, json: boolean) => Promise<void>,
  ) => {
    const { config: folder, json } = globalOptions(command);
    const workspace = await openWorkspace(resolve(io.cwd, folder), io, { write });
    try {
      await work(workspace, json);
    } finally {
      await workspace.close();
    }
  };
  narrowed(group.command('list'))
    .description('the newest dead letters')
    .addOption(new Option('--status <status>', 'only with this status').choices(STATUSES).default('open'))
    .option('--limit <n>', 'how many', numberAtLeast(1, true), DEFAULT_LIMIT)
    .action((options: PickOptions, command: Command) =>
      within(command, false, async ({ platform }, json) => {
        const { source, code, step, status, limit } = options;
        const filter = { source, code, step, status: status === undefined ? undefined : [status] };
        const found = await listLetters(platform.database, filter, limit ?? DEFAULT_LIMIT);
        if (json) writeJson(io, found);
        else writeLine(io, letterTable(io, found));
      }),
    );
  group
    .command('show')
    .description('one dead letter with its reason, origin and original')
    .argument('<id>', 'its id, as listed')
    .action((id: string, _options: unknown, command: Command) =>
      within(command, false, async ({ platform }, json) => {
        const letter = await showLetter(platform.database, id);
        if (json) writeJson(io, letter);
        else writeLine(io, letterText(letter));
      }),
    );
  narrowed(group.command('retry'))
    .description('send the records of open dead letters through the pipeline again; the next run maps them')
    .argument('[id...]', 'dead letters')
    .option('--all', 'every open dead letter')
    .action((ids: string[], options: PickOptions, command: Command) => {
      const filter = pickedLetters(ids, options);
      return within(command, true, async ({ platform }, json) => {
        const result = await retryLetters(platform.database, platform.log, 'raw', filter, io.signal);
        if (json) writeJson(io, result);
        else
          writeLine(
            io,
            `${result.retried} sent again, \`assay run\` maps them; left open: ${result.superseded} with a newer version in the store, ${result.notRecords} that hold no whole record (the next pull reads the feed anew)`,
          );
      });
    });
  narrowed(group.command('drop'))
    .description('take dead letters out of the queue; they stay on record as dropped')
    .argument('[id...]', 'dead letters')
    .option('--all', 'every open or retried dead letter')
    .action((ids: string[], options: PickOptions, command: Command) => {
      const filter = pickedLetters(ids, options);
      return within(command, false, async ({ platform }, json) => {
        const dropped = await dropLetters(platform.database, filter);
        if (json) writeJson(io, { dropped });
        else writeLine(io, `${dropped} dropped`);
      });
    });
};
