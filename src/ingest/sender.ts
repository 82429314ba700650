import { hash64Into } from '../hash.js';
import { keyText } from '../records.js';
import { type Fault, type PullItem, recordFault } from './connector.js';
import { deadLetterMessage } from './dead-letter.js';
import { MAX_OUTRANKED, type OpenFingerprints, pairText, stampOf } from './fingerprints/index.js';
import type { Forgotten } from './forgotten.js';
import { compileKey, type KeyReader } from './key.js';
import type { Outbox } from './outbox.js';
import { compilePath, type Reader } from './path.js';
import type { PullResult } from './result.js';
import type { IngestSource } from './source.js';
import { parseTimestamp } from './timestamp.js';
import { compileWhere } from './where.js';

/** Losing versions held back until the winner is seen; past it they are sent in order, which the version sorts out later. */
const MAX_PARKED = 1000;

interface Parked {
  keyHigh: number;
  keyLow: number;
  contentHigh: number;
  contentLow: number;
  stamp: number;
  id: string;
  value: string;
}

/**
 * Decides for every item of a pull whether it is sent to `raw`, dropped or refused.
 *
 * A key that comes twice in one pull: the greatest version wins, by the source's timestamp (to the second) and then by the
 * later place in the feed. What is sent goes out in the feed's order, so a winner that comes later follows the loser. The
 * losers' contents are remembered with the fingerprints: the next pull holds them back, and sends one only when its winner
 * is no longer listed. So a feed with repeats, pulled again unchanged, sends nothing.
 */
export class Sender {
  /** Greatest source timestamp seen. */
  watermark: number | undefined;
  /** Losers seen in this pull. */
  readonly outranked = new Set<string>();
  /** Whether a row of the feed belonged to the source. */
  sawSource = false;
  readonly #source: IngestSource;
  readonly #prints: OpenFingerprints;
  readonly #raw: Outbox;
  readonly #deadLetters: Outbox;
  readonly #result: PullResult;
  readonly #forgotten: Forgotten;
  readonly #ignored: readonly string[];
  readonly #belongs: (data: unknown) => boolean;
  readonly #readKey: KeyReader;
  readonly #readTime: Reader | undefined;
  readonly #beforeId: string;
  readonly #beforeTime: string;
  readonly #maxChars: number;
  readonly #hash = new Uint32Array(4);
  readonly #old = new Uint32Array(2);
  readonly #parked = new Map<string, Parked>();
  #unreadableTimes = 0;

  constructor(
    source: IngestSource,
    prints: OpenFingerprints,
    outboxes: { raw: Outbox; deadLetters: Outbox },
    result: PullResult,
    maxChars: number,
    forgotten: Forgotten,
  ) {
    this.#source = source;
    this.#prints = prints;
    this.#raw = outboxes.raw;
    this.#deadLetters = outboxes.deadLetters;
    this.#result = result;
    this.#forgotten = forgotten;
    this.#ignored = source.ignore ?? [];
    this.#belongs = compileWhere(source.where);
    this.#readKey = compileKey(source.key);
    this.#readTime = source.updatedAt === undefined ? undefined : compilePath(source.updatedAt);
    this.#beforeId = `{"source":${JSON.stringify(source.name)},"id":`;
    this.#beforeTime = `,"contract":${JSON.stringify(source.contract)},"updatedAt":`;
    this.#maxChars = maxChars;
  }

  take(item: PullItem): void {
    this.#result.received++;
    if ('fault' in item) this.#refuse('', item);
    else this.#record(item.data, item.origin);
  }

  /** Sends held-back versions whose winner did not come, and reports what can only be said at the end. */
  finish(): void {
    const table = this.#prints.table;
    for (const parked of this.#parked.values()) {
      const { keyHigh, keyLow, contentHigh, contentLow, stamp } = parked;
      const listed = table.stampOf(keyHigh, keyLow);
      if (listed === 0 || listed < stamp) this.#send(parked, 'changed');
      else this.#outrank(keyHigh, keyLow, contentHigh, contentLow);
    }
    this.#parked.clear();
    if (this.#unreadableTimes > 0)
      this.#result.notices.push({
        code: 'UPDATED_AT_UNREADABLE',
        message: `${this.#unreadableTimes} records of ${this.#source.name} have no readable "${this.#source.updatedAt}"; they count as never changed`,
      });
  }

  #record(data: unknown, origin: string): void {
    if (data === null || typeof data !== 'object' || Array.isArray(data)) {
      this.#refuse('', recordFault('the record is not an object', text(data), origin));
      return;
    }
    if (!this.#belongs(data)) {
      this.#result.notOfSource++;
      return;
    }
    this.sawSource = true;
    const key = this.#readKey(data);
    if ('reason' in key) {
      this.#refuse('', recordFault(key.reason, text(data), origin));
      return;
    }
    const updatedAt = this.#time(data);
    const body = JSON.stringify(this.#ignored.length === 0 ? data : without(data, this.#ignored));
    if (body.length > this.#maxChars) {
      this.#refuse(key.id, recordFault(`the record is larger than max_record_bytes (${this.#maxChars})`, body, origin));
      return;
    }
    const value = `${this.#beforeId}${JSON.stringify(key.id)}${this.#beforeTime}${updatedAt},"data":${body}}`;
    this.#decide(key.id, value, stampOf(updatedAt));
  }

  #decide(id: string, value: string, stamp: number): void {
    const hash = this.#hash;
    const { table } = this.#prints;
    const message = keyText(this.#source.name, id);
    hash64Into(message, hash, 0);
    hash64Into(value, hash, 2);
    const keyHigh = hash[0]! & 0x7fffffff;
    const keyLow = hash[1]!;
    const contentHigh = hash[2]!;
    const contentLow = hash[3]!;
    if (this.#forgotten.has(keyHigh, keyLow)) {
      this.#result.forgotten++;
      return;
    }
    const standing = table.standing(keyHigh, keyLow, contentHigh, contentLow, stamp);
    if (standing === 'unchanged') {
      table.list(keyHigh, keyLow, contentHigh, contentLow, stamp);
      this.#result.unchanged++;
    } else if (standing === 'repeated') this.#result.superseded++;
    else if (standing === 'outranked') this.#outrank(keyHigh, keyLow, contentHigh, contentLow);
    else {
      const version = { keyHigh, keyLow, contentHigh, contentLow, stamp, id, value };
      if (standing === 'new') this.#send(version, 'new');
      else if (table.stampOf(keyHigh, keyLow) === 0 && this.#lostBefore(version)) this.#park(version);
      else this.#send(version, 'changed');
    }
  }

  #send(version: Parked, outcome: 'new' | 'changed'): void {
    const { keyHigh, keyLow, contentHigh, contentLow, stamp } = version;
    const { table } = this.#prints;
    if (outcome === 'changed' && table.stampOf(keyHigh, keyLow) > 0 && table.contentOf(keyHigh, keyLow, this.#old))
      this.#rememberLoser(keyHigh, keyLow, this.#old[0]!, this.#old[1]!);
    table.list(keyHigh, keyLow, contentHigh, contentLow, stamp);
    this.#raw.add(keyText(this.#source.name, version.id), version.value);
    this.#result[outcome]++;
  }

  #lostBefore({ keyHigh, keyLow, contentHigh, contentLow }: Parked): boolean {
    const { outranked } = this.#prints;
    return outranked.size > 0 && outranked.has(pairText(keyHigh, keyLow, contentHigh, contentLow));
  }

  /** Holds a version back that lost before, in place of an earlier one of the same key. */
  #park(version: Parked): void {
    const name = `${version.keyHigh} ${version.keyLow}`;
    const other = this.#parked.get(name);
    if (!other && this.#parked.size >= MAX_PARKED) {
      this.#send(version, 'changed');
      return;
    }
    const loser = other && other.stamp > version.stamp ? version : other;
    if (loser !== version) this.#parked.set(name, version);
    if (loser) this.#outrank(loser.keyHigh, loser.keyLow, loser.contentHigh, loser.contentLow);
  }

  #outrank(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number): void {
    this.#result.superseded++;
    this.#rememberLoser(keyHigh, keyLow, contentHigh, contentLow);
  }

  #rememberLoser(keyHigh: number, keyLow: number, contentHigh: number, contentLow: number): void {
    if (this.outranked.size < MAX_OUTRANKED) this.outranked.add(pairText(keyHigh, keyLow, contentHigh, contentLow));
  }

  #time(data: unknown): number {
    if (!this.#readTime) return 0;
    const value = this.#readTime(data);
    const time = parseTimestamp(value);
    if (time === undefined) {
      if (value !== undefined && value !== null && value !== '') this.#unreadableTimes++;
      return 0;
    }
    if (this.watermark === undefined || time > this.watermark) this.watermark = time;
    return time;
  }

  #refuse(id: string, fault: Fault): void {
    const { code, reason, origin } = fault.fault;
    const { key, value } = deadLetterMessage(this.#source.name, id, fault, new Date());
    this.#deadLetters.add(key, value);
    this.#result.refused[code] = (this.#result.refused[code] ?? 0) + 1;
    if (code === 'RECORD_MALFORMED') return;
    this.#result.complete = false;
    this.#result.notices.push({ code, message: `${origin}: ${reason}` });
  }
}

function without(data: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}

function text(data: unknown): string {
  return JSON.stringify(data) ?? String(data);
}
