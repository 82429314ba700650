/** Wakes everyone who waits for the next change. */
export class Signal {
  /** Counts the changes. */
  version = 0;
  readonly #waiting = new Set<() => void>();

  fire(): void {
    this.version++;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves when `version` is no longer `seen`, when `abort` is aborted, or after `timeoutMs`. */
  wait(seen: number, abort: AbortSignal, timeoutMs?: number): Promise<void> {
    if (this.version !== seen || abort.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const wake = (): void => {
        this.#waiting.delete(wake);
        abort.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      abort.addEventListener('abort', wake, { once: true });
      if (timeoutMs !== undefined) timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
    });
  }
}
