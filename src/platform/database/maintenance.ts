/** Runs a statement, outside any transaction. */
type Run = (statement: string) => Promise<Record<string, unknown>[]>;

const TIDY_BYTES = 16 << 20;
const TIDY_STATEMENTS = 500;
const TIDY_MS = 3000;
const CHECKPOINT_BYTES = 256 << 20;

/**
 * What background processes do on a server, and nobody does here: checkpoints (without them the write-ahead log grows
 * until the database is closed), ANALYZE and VACUUM. It is done between two transactions, after a share of the table has
 * changed, so that the cost stays proportional to the work.
 */
export class Maintenance {
  readonly #run: Run;
  #bytes = 0;
  #statements = 0;
  #ms = 0;
  #checkpointAt: string | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Takes note of a statement: what came in with it, and how long it ran. */
  ran(bytes: number, ms: number): void {
    this.#bytes += bytes;
    this.#statements++;
    this.#ms += ms;
  }

  /** Never rejects: what is done here can be left for later, and a disk that is full refuses the next statement too. */
  async tidy(): Promise<void> {
    if (this.#bytes < TIDY_BYTES && this.#statements < TIDY_STATEMENTS && this.#ms < TIDY_MS) return;
    this.#bytes = 0;
    this.#statements = 0;
    this.#ms = 0;
    await this.#tidy().catch(() => {});
  }

  async #tidy(): Promise<void> {
    await this.#run('select pg_stat_force_next_flush()');
    const tables = await this.#run(STALE_TABLES);
    for (const { name, dead } of tables)
      await this.#run(`${dead === true ? 'vacuum (analyze, truncate off)' : 'analyze'} ${String(name)}`);
    const [log] = await this.#run(
      `select pg_current_wal_insert_lsn()::text as at, pg_current_wal_insert_lsn() - '${this.#checkpointAt ?? '0/0'}'::pg_lsn as bytes`,
    );
    if (this.#checkpointAt !== undefined && Number(log?.bytes) < CHECKPOINT_BYTES) return;
    if (this.#checkpointAt !== undefined) await this.#run('checkpoint');
    this.#checkpointAt = String(log?.at);
  }
}

/** A fifth changed since the last look, or a fifth dead: twice autovacuum's shares, as it is not in the background. */
const STALE_TABLES = `
  select format('%I.%I', schemaname, relname) as name,
         n_dead_tup > 1000 + 0.2 * n_live_tup as dead
  from pg_stat_user_tables
  where n_mod_since_analyze > 1000 + 0.2 * n_live_tup or n_dead_tup > 1000 + 0.2 * n_live_tup
  order by 1`;
