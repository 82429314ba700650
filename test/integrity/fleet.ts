import { startWorker, type Worker } from '../support/worker.js';

/** Workers as a supervisor keeps them: one that ends by itself – a server was away as it started – is started again. */
export class Fleet {
  /** Why workers ended by themselves. */
  readonly ended: string[] = [];
  readonly #start: () => Worker;
  readonly #workers = new Set<Worker>();
  #stopped = false;

  constructor(
    config: string,
    env: NodeJS.ProcessEnv,
    /** Never more or fewer than these. */
    private readonly bounds: { least: number; most: number },
  ) {
    this.#start = () => startWorker(config, env);
  }

  get size(): number {
    return this.#workers.size;
  }

  /** Starts workers, and resolves once they are at work. */
  async grow(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#add().started));
  }

  /** Kills one; `heirs` start in its place, as far as the bounds let them. */
  replace(lot: number, heirs: number): void {
    const victim = [...this.#workers][Math.floor(lot * this.#workers.size)];
    if (victim !== undefined) {
      this.#workers.delete(victim);
      victim.kill();
    }
    for (let i = 0; (i < heirs || this.size < this.bounds.least) && this.size < this.bounds.most; i++) this.#add();
  }

  /** Ends them politely; gives their exit codes. */
  async stop(): Promise<(number | null)[]> {
    this.#stopped = true;
    return Promise.all([...this.#workers].map((worker) => worker.stop()));
  }

  kill(): void {
    this.#stopped = true;
    for (const worker of this.#workers) worker.kill();
  }

  #add(): Worker {
    const worker = this.#start();
    this.#workers.add(worker);
    void worker.ended.then(({ code, signal }) => {
      if (this.#stopped || !this.#workers.delete(worker)) return;
      this.ended.push(`${code ?? signal}: ${worker.stderr().trim().split('\n').at(-2) ?? ''}`);
      this.#add();
    });
    return worker;
  }
}
