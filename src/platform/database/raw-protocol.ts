import type { PGlite } from '@electric-sql/pglite';

/** A Sync message: does nothing and is answered. */
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);

/**
 * Messages to the engine and its answers, as bytes. The engine's `execProtocolRaw` also reads every answer into objects and
 * keeps them until its next `query`: in a run over 100,000 records that held 300 MB. Its streaming call does neither.
 */
export class RawProtocol {
  #answer = new Uint8Array(1 << 16);
  #length = 0;
  #streaming = false;

  constructor(readonly postgres: PGlite) {}

  /** Sends messages and returns what is answered, in memory of its own, which can be handed to another thread. */
  async send(message: Uint8Array): Promise<Uint8Array> {
    this.#length = 0;
    this.#streaming = true;
    await this.postgres.execProtocolRawStream(message, { onRawData: (part) => this.#take(part) });
    const answer = this.#answer.slice(0, this.#length);
    if (this.#answer.length > KEPT) this.#answer = new Uint8Array(1 << 16);
    return answer;
  }

  /** Runs work that calls the engine's other methods: they find their answers only after one call that ends the stream. */
  async plain<T>(work: (postgres: PGlite) => Promise<T>): Promise<T> {
    if (this.#streaming) await this.postgres.execProtocol(SYNC);
    this.#streaming = false;
    return work(this.postgres);
  }

  /** `part` lies in the engine's memory and is overwritten by what follows. */
  #take(part: Uint8Array): void {
    const length = this.#length + part.length;
    if (length > this.#answer.length) {
      const grown = new Uint8Array(Math.max(length, this.#answer.length * 2));
      grown.set(this.#answer.subarray(0, this.#length));
      this.#answer = grown;
    }
    this.#answer.set(part, this.#length);
    this.#length = length;
  }
}

const KEPT = 4 << 20;
