import { setTimeout as sleep } from 'node:timers/promises';
import { type Running, startServing } from '../support/worker.js';

/**
 * An API process that people look golden records up in all the while, so that its caches hold versions that were in force
 * before. It is never killed, and must outlive whatever is.
 */
export class Lookers {
  /** Answers by their status; `stale` are those marked so, `none` that no answer came. */
  readonly answers: Record<string, number> = {};
  readonly #serving: Running;
  #address = '';
  #ids: string[] = [];
  #stopped = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(config: string, env: NodeJS.ProcessEnv) {
    this.#serving = startServing(config, env);
  }

  async start(): Promise<void> {
    this.#address = await this.#serving.started;
    this.#looking = this.#lookOn();
  }

  /** The golden records that are looked up from now on. */
  set ids(ids: string[]) {
    this.#ids = ids;
  }

  /** What the API says of a golden record: its version and the id it has now, or a status. */
  async versionOf(id: string): Promise<string> {
    const response = await fetch(`${this.#address}/v1/products/${encodeURIComponent(id)}`, {
      signal: AbortSignal.timeout(30_000),
    });
    const body = (await response.json()) as { goldenId?: string; version?: number; stale?: boolean };
    return response.ok
      ? `${body.goldenId} ${body.version}${body.stale === true ? ' stale' : ''}`
      : String(response.status);
  }

  /** Ends the API; its exit code. */
  async stop(): Promise<number | null> {
    this.#stopped = true;
    await this.#looking;
    return this.#serving.stop();
  }

  kill(): void {
    this.#stopped = true;
    this.#serving.kill();
  }

  async #lookOn(): Promise<void> {
    for (let i = 0; !this.#stopped; i++) {
      await sleep(20);
      const id = this.#ids[(i * 7) % Math.max(1, this.#ids.length)];
      if (id === undefined) continue;
      const said = await this.versionOf(id).catch(() => 'none');
      const kind = said.endsWith(' stale') ? 'stale' : said.includes(' ') ? '200' : said;
      this.answers[kind] = (this.answers[kind] ?? 0) + 1;
    }
  }
}
