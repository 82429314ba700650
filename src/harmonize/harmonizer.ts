import { type ErrorCode, messageOf } from '../errors.js';
import type { LogMessage } from '../platform/log/port.js';
import { type CanonicalRecord, type DeadLetter, HEADERS, parseKeyText, type RawRecord } from '../records.js';
import {
  type Contract,
  compileContract,
  type Detector,
  type Deviation,
  judge,
  type Verdict,
} from './contracts/index.js';
import { Findings } from './findings.js';
import { compileMapping, type Mapping } from './mapping/index.js';
import { isRecord } from './mapping/values.js';

/** What the harmonizer reads of the configuration. */
export interface HarmonizeConfig {
  sources: readonly { name: string; contract: string; key: readonly string[]; mapping: unknown }[];
  contracts: ReadonlyMap<string, Contract>;
}

/** A message of the raw topic. */
export interface RawMessage {
  offset: number;
  key: string;
  value: string | null;
  headers?: Readonly<Record<string, string>>;
}

export interface HarmonizeResult {
  /** For the `canonical` topic, in the order of the input. */
  canonical: LogMessage[];
  /** For the `dead-letter` topic. */
  deadLetters: LogMessage[];
  /** received = sent + withdrawn + refused:<code>; besides, `invalid:<field>` and other notes about single fields. */
  counts: { source: string; outcome: string; count: number }[];
  /** Told once a harmonizer: fields that were taken on, a source that is not configured. */
  notices: { source: string; code: string; message: string }[];
  /** A contract with the policy `stop` was broken: nothing of the batch may be committed. */
  stop?: { source: string; message: string };
}

/** Maps a batch of raw messages of one partition, in offset order. */
export type Harmonizer = (messages: readonly RawMessage[]) => HarmonizeResult;

interface CompiledSource {
  mapping: Mapping;
  detect: Detector | undefined;
}

const CLEAN: Verdict & { action: 'map' } = { action: 'map', accepted: [] };

function compileSources(config: HarmonizeConfig): Map<string, CompiledSource> {
  return new Map(
    config.sources.map((source) => {
      const contract = config.contracts.get(source.contract);
      const rules = contract === undefined ? null : { fields: contract.fields, policy: contract.policy };
      const mapping = compileMapping(source.mapping, { source: source.name, contract: rules, key: source.key });
      return [source.name, { mapping, detect: contract === undefined ? undefined : compileContract(contract) }];
    }),
  );
}

function parseRaw(text: string): RawRecord | undefined {
  try {
    const raw = JSON.parse(text) as unknown;
    return isRecord(raw) &&
      typeof raw.source === 'string' &&
      typeof raw.id === 'string' &&
      typeof raw.updatedAt === 'number'
      ? (raw as unknown as RawRecord)
      : undefined;
  } catch {
    return undefined;
  }
}

type Outcome =
  | { record: CanonicalRecord; notes: readonly string[]; accepted: readonly Deviation[] }
  | { refusal: { code: ErrorCode; reason: string; mapping: string }; notes: readonly string[] }
  | { stop: string };

const refusal = (code: ErrorCode, reason: string, mapping = '', notes: readonly string[] = []): Outcome => ({
  refusal: { code, reason, mapping },
  notes,
});

/** What becomes of one raw message of a known source. Pure. */
function mapMessage(message: RawMessage, text: string, name: string, { mapping, detect }: CompiledSource): Outcome {
  const raw = parseRaw(text);
  if (raw === undefined) return refusal('RECORD_MALFORMED', 'the raw message is not a record', mapping.fingerprint);
  const verdict = detect === undefined ? CLEAN : judge(detect(raw.data));
  if (verdict.action === 'stop')
    return { stop: `source "${name}", record "${raw.id}": ${verdict.reason} (contract ${raw.contract}, policy stop)` };
  if (verdict.action === 'quarantine') return refusal('CONTRACT_VIOLATED', verdict.reason, mapping.fingerprint);
  const mapped = mapping.map(raw);
  if ('error' in mapped) return refusal(mapped.error.code, mapped.error.reason, mapping.fingerprint, mapped.notes);
  return {
    record: {
      source: raw.source,
      id: raw.id,
      version: { timestamp: raw.updatedAt, offset: message.offset },
      contract: raw.contract,
      mapping: mapping.fingerprint,
      product: mapped.product,
    },
    notes: mapped.notes,
    accepted: verdict.accepted,
  };
}

/** A mapping never throws; should one do so nevertheless, its record must not take the batch with it. */
function safely(work: () => Outcome, mapping: string): Outcome {
  try {
    return work();
  } catch (error) {
    return refusal('MAPPING_FAILED', `mapping failed: ${messageOf(error)}`, mapping);
  }
}

function deadLetter(
  message: RawMessage,
  why: { code: ErrorCode; reason: string; mapping: string },
  at: string,
): LogMessage {
  const { source, sourceId } = parseKeyText(message.key);
  const letter: DeadLetter = {
    source,
    id: sourceId,
    step: 'harmonize',
    code: why.code,
    reason: why.reason,
    origin: `raw@${message.offset}`,
    original: message.value ?? '',
    mapping: why.mapping,
    at,
  };
  return { key: message.key, value: JSON.stringify(letter), headers: headersOf(message, why.mapping) };
}

/** Under what the record was pulled, as its raw message says, and by what it was mapped. */
function headersOf({ headers = {} }: RawMessage, mapping: string): Record<string, string> {
  const carried: Record<string, string> = {};
  for (const name of [HEADERS.contract, HEADERS.contractVersion])
    if (headers[name] !== undefined) carried[name] = headers[name];
  if (mapping !== '') carried[HEADERS.mapping] = mapping;
  return carried;
}

/**
 * Compiles every source's mapping and contract. The returned function is pure but for two things: it says each notice once in its life,
 * and dead letters carry the time of `now`. Canonical messages depend on the raw messages and the configuration alone.
 *
 * @throws AssayError CONFIG_INVALID when a mapping cannot be compiled.
 */
export function harmonizer(
  config: HarmonizeConfig,
  { now = () => new Date().toISOString() }: { now?: () => string } = {},
): Harmonizer {
  const sources = compileSources(config);
  const findings = new Findings();

  return (messages) => {
    const result: HarmonizeResult = { canonical: [], deadLetters: [], counts: [], notices: [] };
    const batch = findings.begin(result);
    for (const message of messages) {
      const { key, value } = message;
      const name = key.slice(0, Math.max(0, key.indexOf('\u001f')));
      batch.count(name, 'received');
      if (value === null) {
        batch.count(name, 'withdrawn');
        result.canonical.push({ key, value });
        continue;
      }
      const source = sources.get(name);
      if (source === undefined)
        batch.notice(
          name,
          'unknown_source',
          `there is no source "${name}" in the configuration; its records wait in the dead letters`,
        );
      const outcome =
        source === undefined
          ? refusal('MAPPING_FAILED', `there is no source "${name}" in the configuration`)
          : safely(() => mapMessage(message, value, name, source), source.mapping.fingerprint);
      if ('stop' in outcome) {
        result.stop = { source: name, message: outcome.stop };
        break;
      }
      for (const note of outcome.notes) batch.count(name, note);
      if ('refusal' in outcome) {
        batch.count(name, `refused:${outcome.refusal.code}`);
        result.deadLetters.push(deadLetter(message, outcome.refusal, now()));
        continue;
      }
      for (const deviation of outcome.accepted) batch.accepted(name, deviation);
      batch.count(name, 'sent');
      const headers = headersOf(message, outcome.record.mapping);
      result.canonical.push({ key, value: JSON.stringify(outcome.record), headers });
    }
    batch.end();
    return result;
  };
}
