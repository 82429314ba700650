import Table from 'cli-table3';
import type { Config, SourceConfig } from '../config/index.js';
import type { ErrorCode } from '../errors.js';
import { harmonizer } from '../harmonize/index.js';
import { compileKey, type PullItem } from '../ingest/index.js';
import { type CanonicalProduct, type CanonicalRecord, type DeadLetter, keyText } from '../records.js';
import { type CommandIo, writeJson, writeLine } from './io.js';
import { firstItems, glanceAt } from './source-pull.js';

export interface PreviewedRecord {
  /** Where the source has it. */
  origin: string;
  /** Absent when it could not be read. */
  id?: string;
  /** As it came; the text when it could not be read. */
  raw: unknown;
  product?: CanonicalProduct;
  fault?: { code: ErrorCode | string; reason: string };
}

/** Pulls the first records of a source through its connector, key, contract and mapping. Nothing is stored. */
export async function previewSource(
  config: Config,
  source: SourceConfig,
  limit: number,
  io: Pick<CommandIo, 'env' | 'signal'>,
): Promise<{ records: PreviewedRecord[]; notices: string[] }> {
  const { items, notices } = await firstItems(glanceAt(config, source), limit, io);
  const readKey = compileKey(source.key);
  const harmonize = harmonizer({ sources: [source], contracts: config.contracts });
  const preview = (item: PullItem): PreviewedRecord => {
    if ('fault' in item) return { origin: item.fault.origin, raw: item.fault.original, fault: item.fault };
    const { data, origin } = item;
    const key = readKey(data);
    if ('reason' in key) return { origin, raw: data, fault: { code: 'RECORD_MALFORMED', reason: key.reason } };
    const raw = { source: source.name, id: key.id, contract: source.contract, updatedAt: 0, data };
    const message = { offset: 0, key: keyText(source.name, key.id), value: JSON.stringify(raw) };
    const { canonical, deadLetters, stop } = harmonize([message]);
    const mapped = canonical[0]?.value;
    if (typeof mapped === 'string')
      return { origin, id: key.id, raw: data, product: (JSON.parse(mapped) as CanonicalRecord).product };
    const letter = deadLetters[0]?.value;
    const { code, reason } = letter
      ? (JSON.parse(letter) as DeadLetter)
      : { code: 'CONTRACT_VIOLATED', reason: stop?.message ?? 'nothing came out' };
    return { origin, id: key.id, raw: data, fault: { code, reason } };
  };
  return { records: items.map(preview), notices };
}

/** A record beside what it became, one field a line, in `width` columns. */
export function previewText(record: PreviewedRecord, width: number): string {
  const { origin, id, raw, product, fault } = record;
  const side = Math.max(20, Math.floor((width - 7) / 2));
  const head = `${id ?? '(no id)'}  ${origin}`;
  const right = product ? fieldLines(product) : [`${fault?.code}: ${fault?.reason}`];
  const table = new Table({ colWidths: [side + 2, side + 2], wordWrap: true, style: { head: [], border: [] } });
  table.push([fieldLines(raw).join('\n'), right.join('\n')]);
  return `${head}\n${table.toString()}`;
}

const LONGEST = 160;

function fieldLines(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [`${path === '' ? '' : `${path}: `}${shortened(value)}`];
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object'))
    return value.length === 0 ? [] : [`${path}: [${value.map(shortened).join(', ')}]`];
  return Object.entries(value).flatMap(([key, item]) =>
    fieldLines(item, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
  );
}

function shortened(value: unknown): string {
  const text = String(value).replace(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

export async function sourcePreview(
  config: Config,
  source: SourceConfig,
  limit: number,
  io: CommandIo,
  json: boolean,
): Promise<void> {
  const preview = await previewSource(config, source, limit, io);
  if (json) return writeJson(io, preview);
  const width = Math.min((io.stdout as { columns?: number }).columns ?? 120, 200);
  for (const record of preview.records) writeLine(io, config.redact(previewText(record, width)));
  for (const notice of preview.notices) writeLine(io, config.redact(notice));
  const faults = preview.records.filter(({ fault }) => fault !== undefined).length;
  writeLine(io, `${preview.records.length} records, ${faults} of them cannot be used`);
}
