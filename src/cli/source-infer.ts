import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { AssayError } from '../errors.js';
import { inferSource, type SourceDraft } from '../harmonize/index.js';
import { type CommandIo, writeJson } from './io.js';
import { headOf, sampleConnector } from './sample-format.js';
import { firstItems } from './source-pull.js';

export interface InferOptions {
  /** Name of the source; from the file's name when absent. */
  name?: string;
  /** Element that is one record, for XML. */
  element?: string;
  encoding?: string;
  /** Records to look at. */
  sample: number;
  /** Write the drafts into the configuration folder instead of printing them. */
  write?: boolean;
}

export interface NamedDraft extends SourceDraft {
  name: string;
  /** Records of the sample that could not be read. */
  faults: number;
}

const MAX_RECORD_BYTES = 16_777_216;

/**
 * Drafts a source file and its contract from a sample feed.
 *
 * @param folder the configuration folder; the draft names the feed relative to the folder that holds it.
 * @throws AssayError USAGE when there is no such file, or no record in it.
 */
export async function draftSource(
  file: string,
  folder: string,
  options: InferOptions,
  io: Pick<CommandIo, 'env' | 'signal'>,
): Promise<NamedDraft> {
  if (!existsSync(file)) throw new AssayError('USAGE', `there is no file ${file}`);
  const name = options.name ?? sourceName(file);
  const { type, ...guessed } = options.element
    ? { type: 'xml', element: options.element }
    : sampleConnector(basename(file), headOf(file));
  const chosen = { ...guessed, ...(options.encoding ? { encoding: options.encoding } : {}) };
  const { items } = await firstItems(
    {
      name,
      connector: { type, path: basename(file), ...chosen },
      roots: [dirname(file)],
      maxRecordBytes: MAX_RECORD_BYTES,
    },
    options.sample,
    io,
  );
  const rows = items.flatMap((item) => ('data' in item ? [item.data] : []));
  const [fault] = items.flatMap((item) => ('fault' in item ? [item.fault] : []));
  if (rows.length === 0)
    throw new AssayError('USAGE', `no record was found in ${file}${fault ? `: ${fault.reason}` : ''}`);
  const draft = inferSource(rows, {
    name,
    contract: name,
    connector: { type, path: shownPath(file, dirname(folder)), ...chosen },
  });
  return { ...draft, name, faults: items.length - rows.length };
}

export async function sourceInfer(
  file: string,
  folder: string,
  options: InferOptions,
  io: CommandIo,
  json: boolean,
): Promise<void> {
  const draft = await draftSource(file, folder, options, io);
  const paths = { source: join('sources', `${draft.name}.yaml`), contract: join('contracts', `${draft.name}.yaml`) };
  if (options.write) writeDraft(folder, [paths.source, draft.source], [paths.contract, draft.contract]);
  if (json) writeJson(io, { ...draft, written: options.write === true });
  else if (options.write) io.stdout.write(`wrote ${join(folder, paths.source)} and ${join(folder, paths.contract)}\n`);
  else io.stdout.write(`# --- ${paths.source}\n${draft.source}\n# --- ${paths.contract}\n${draft.contract}`);
  if (draft.faults > 0) io.stderr.write(`${draft.faults} records of the sample could not be read\n`);
}

/** Writes none of the files when one of them exists: a person may have finished it. */
function writeDraft(folder: string, ...files: [path: string, text: string][]): void {
  for (const [path] of files)
    if (existsSync(join(folder, path)))
      throw new AssayError('USAGE', `${join(folder, path)} exists; give another name with --name`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** `Feed (2).csv.gz` → `feed_2`. */
export function sourceName(file: string): string {
  const stem = basename(file)
    .toLowerCase()
    .replace(/(\.\w{1,6}){1,2}$/, '');
  return stem.replace(/[^a-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '') || 'source';
}

function shownPath(file: string, base: string): string {
  const short = relative(base, resolve(file));
  return short.startsWith('..') || isAbsolute(short) ? resolve(file) : short;
}
