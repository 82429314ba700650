import { Counter, Gauge, type Registry } from 'prom-client';

/** How a server answers, as its guard counts it. */
export interface ServerFigures {
  name: string;
  breaker: 'closed' | 'open' | 'half_open';
  calls: number;
  failures: number;
  timeouts: number;
  retries: number;
  /** Calls refused without asking the server, while the breaker was open. */
  refused: number;
}

/** How far a consumer group is behind the end of a topic's partition, in messages. */
export interface LagFigure {
  topic: string;
  group: string;
  partition: number;
  lag: number;
}

/** What the metrics of the platform are read from, whenever they are asked for. */
export interface PlatformFigures {
  servers(): readonly ServerFigures[];
  /** Lookups by the level that answered. */
  cache(): Readonly<Record<string, number>>;
  /** Rejects while log or database are away; the gauges are then left out. */
  lag(): Promise<readonly LagFigure[]>;
  /** Work that waits in the store, by kind. Rejects as `lag` does. */
  pending(): Promise<Readonly<Record<string, number>>>;
}

const BREAKER = { closed: 0, half_open: 1, open: 2 } as const;

/** Adds what the platform shows to a registry. */
export function showPlatform(registry: Registry, figures: PlatformFigures): void {
  const registers = [registry];
  new Gauge({
    name: 'assay_server_breaker',
    help: 'Circuit breaker of a server, the worst where it has several: 0 closed, 1 half open, 2 open',
    labelNames: ['server'],
    registers,
    collect() {
      this.reset();
      const worst = new Map<string, number>();
      for (const { name, breaker } of figures.servers())
        worst.set(name, Math.max(BREAKER[breaker], worst.get(name) ?? 0));
      for (const [server, state] of worst) this.set({ server }, state);
    },
  });
  new Counter({
    name: 'assay_server_calls_total',
    help: 'Calls to a server, by what became of them: calls, failures (attempts that found it away), timeouts, retries, refused',
    labelNames: ['server', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { name, calls, failures, timeouts, retries, refused } of figures.servers())
        for (const [outcome, count] of Object.entries({ calls, failures, timeouts, retries, refused }))
          this.inc({ server: name, outcome }, count);
    },
  });
  new Counter({
    name: 'assay_cache_answers_total',
    help: 'Lookups of products by the level that answered',
    labelNames: ['level'],
    registers,
    collect() {
      this.reset();
      for (const [level, count] of Object.entries(figures.cache())) this.inc({ level }, count);
    },
  });
  new Gauge({
    name: 'assay_consumer_lag',
    help: 'Messages that a consumer group has not read yet',
    labelNames: ['topic', 'group', 'partition'],
    registers,
    async collect() {
      this.reset();
      const lags = await figures.lag().catch(() => []);
      for (const { topic, group, partition, lag } of lags)
        this.set({ topic, group, partition: String(partition) }, lag);
    },
  });
  new Gauge({
    name: 'assay_pending',
    help: 'Work that waits in the store: records to expand, to score, components to resolve, events to relay',
    labelNames: ['kind'],
    registers,
    async collect() {
      this.reset();
      const pending = await figures.pending().catch(() => ({}));
      for (const [kind, count] of Object.entries(pending)) this.set({ kind }, count);
    },
  });
}
