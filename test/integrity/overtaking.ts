import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../../src/platform/database/port.js';

export type Stage = 'score' | 'resolve';

/** Marks of one chunk are one worker's: so many numbers lie between those of the two. */
const CHUNK = 256;
/** Where the late one cannot overtake, for it waits for the early one itself, nobody waits for ever. */
const PATIENCE_MS = 5000;

/**
 * The worst order of two workers: one commits its listings, and reads what it scores or resolves them by, while the other's are
 * still open. Then the other commits and goes through the same stage to its end, and only after that the first goes on, with
 * what it read before.
 */
export class Overtaking {
  readonly #written = gate();
  readonly #read = gate();
  readonly #done = gate();
  #held = false;
  #committed = false;

  constructor(
    readonly early: number,
    readonly stage: Stage,
    readonly happened: () => void,
  ) {}

  async beforeApply(who: number, sql: Sql): Promise<void> {
    if (who === this.early) return;
    await this.#written.pass;
    await sql.query(`select nextval('mark_sequence') from generate_series(1, ${CHUNK})`);
  }

  hasWritten(who: number): void {
    if (who === this.early) this.#written.open();
  }

  async beforeCommit(who: number): Promise<void> {
    if (who !== this.early) await inTime(this.#read.pass);
  }

  async holdUp(who: number, stage: Stage): Promise<void> {
    if (who !== this.early || stage !== this.stage || this.#held) return;
    this.#held = true;
    this.#read.open();
    if (await inTime(this.#done.pass)) this.happened();
  }

  hasCommitted(who: number): void {
    if (who !== this.early) this.#committed = true;
  }

  /** A worker has nothing left to do in a stage but what the other is at. */
  hasDone(who: number, stage: Stage): void {
    if (who !== this.early && stage === this.stage && this.#committed) this.#done.open();
  }
}

function gate(): { pass: Promise<void>; open: () => void } {
  let open = (): void => {};
  const pass = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { pass, open };
}

const inTime = (pass: Promise<void>): Promise<boolean> =>
  Promise.race([pass.then(() => true), sleep(PATIENCE_MS, false, { ref: false })]);
