/**
 * What every step received, sent, refused and dropped, in one place. Metrics, the run table and the report read from here.
 * Counting is synchronous and cheap: one Map lookup.
 */
export type Step = 'ingest' | 'harmonize' | 'dedup' | 'master' | 'serve' | 'worker';
/** received = sent + refused + dropped, held by a test; `unchanged` and such are drops with their reason in the name. */
export type Outcome = 'received' | 'sent' | `refused:${string}` | `dropped:${string}` | (string & {});

export class Counters {
  readonly #counts = new Map<string, number>();
  readonly #whole: Counters | undefined;

  /** @param whole counts along: a run's counters are a part of the process's. */
  constructor(whole?: Counters) {
    this.#whole = whole;
  }

  add(step: Step, source: string, outcome: Outcome, n = 1): void {
    const key = `${step}\u001f${source}\u001f${outcome}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + n);
    this.#whole?.add(step, source, outcome, n);
  }

  /** Counts what others counted: of an attempt that came to something. */
  addAll(from: Counters): void {
    for (const { step, source, outcome, count } of from.entries()) this.add(step, source, outcome, count);
  }

  get(step: Step, source: string, outcome: Outcome): number {
    return this.#counts.get(`${step}\u001f${source}\u001f${outcome}`) ?? 0;
  }

  *entries(): Generator<{ step: Step; source: string; outcome: string; count: number }> {
    for (const [key, count] of this.#counts) {
      const [step, source, outcome] = key.split('\u001f') as [Step, string, string];
      yield { step, source, outcome, count };
    }
  }
}
