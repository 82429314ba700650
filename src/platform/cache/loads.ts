/** Loads under way in this process: who asks for a key meanwhile shares its load. */
export class Loads {
  readonly #loads = new Map<string, Promise<unknown>>();

  /** The load of the key under way, or a new one. */
  share<T>(key: string, start: () => Promise<T>, onShared: () => void): Promise<T> {
    const running = this.#loads.get(key) as Promise<T> | undefined;
    if (running !== undefined) {
      onShared();
      return running;
    }
    const started: Promise<T> = start().finally(() => {
      if (this.#loads.get(key) === started) this.#loads.delete(key);
    });
    this.#loads.set(key, started);
    return started;
  }

  /** Lets the load under way go on alone: it may have read the old value, so who asks from now on gets a new one. */
  part(key: string): void {
    this.#loads.delete(key);
  }

  /** Whether the key has a load under way. */
  has(key: string): boolean {
    return this.#loads.has(key);
  }
}
