import { AssayError } from '../../errors.js';
import { GRAM_DIMENSIONS } from '../encode/index.js';
import { Frequencies } from './frequencies.js';
import type { Snapshot } from './snapshot.js';

const MAGIC = 0x41535331; // "ASS1"

class Writer {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** Unsigned LEB128, up to 2^32 - 1. */
  put(value: number): void {
    if (this.#length + 5 > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    let rest = value >>> 0;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

class Reader {
  #at = 0;
  constructor(readonly bytes: Uint8Array) {}

  take(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) throw new AssayError('INTERNAL', 'The corpus snapshot is cut short; take a new one.');
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new AssayError('INTERNAL', 'The corpus snapshot is damaged; take a new one.');
  }
}

function putFrequencies(writer: Writer, table: Frequencies): void {
  writer.put(table.hashes.length);
  let last = 0;
  for (let i = 0; i < table.hashes.length; i++) {
    const hash = table.hashes[i] as number;
    writer.put(hash - last);
    writer.put(table.counts[i] as number);
    last = hash;
  }
}

function takeFrequencies(reader: Reader): Frequencies {
  const n = reader.take();
  const hashes = new Uint32Array(n);
  const counts = new Uint32Array(n);
  let last = 0;
  for (let i = 0; i < n; i++) {
    last += reader.take();
    hashes[i] = last;
    counts[i] = reader.take();
  }
  return new Frequencies(hashes, counts);
}

/** Bytes of a snapshot; equal snapshots give equal bytes. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  const writer = new Writer();
  writer.put(MAGIC);
  writer.put(snapshot.records);
  putFrequencies(writer, snapshot.words);
  putFrequencies(writer, snapshot.codes);
  const used: number[] = [];
  for (let i = 0; i < snapshot.grams.length; i++) if ((snapshot.grams[i] as number) > 0) used.push(i);
  writer.put(used.length);
  let last = 0;
  for (const dimension of used) {
    writer.put(dimension - last);
    writer.put(snapshot.grams[dimension] as number);
    last = dimension;
  }
  return writer.done();
}

/** Reads what `encodeSnapshot` wrote; refuses anything else with INTERNAL. */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  const reader = new Reader(bytes);
  if (bytes.length < 5 || reader.take() !== MAGIC)
    throw new AssayError('INTERNAL', 'These bytes are not a corpus snapshot of this version; take a new one.');
  const records = reader.take();
  const words = takeFrequencies(reader);
  const codes = takeFrequencies(reader);
  const grams = new Uint32Array(GRAM_DIMENSIONS);
  const n = reader.take();
  let last = 0;
  for (let i = 0; i < n; i++) {
    last += reader.take();
    grams[last % GRAM_DIMENSIONS] = reader.take();
  }
  return { records, words, codes, grams };
}
