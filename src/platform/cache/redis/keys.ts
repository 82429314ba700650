/** The names of what the cache keeps in Redis; all begin with `<namespace>:cache:`. */
export class Keys {
  readonly epoch: string;
  readonly channel: string;
  readonly #prefix: string;

  constructor(namespace: string) {
    this.#prefix = `${namespace}:cache:`;
    this.epoch = `${this.#prefix}epoch`;
    this.channel = `${this.#prefix}invalidated`;
  }

  of(key: string): { value: string; lock: string } {
    return { value: `${this.#prefix}value:${key}`, lock: `${this.#prefix}lock:${key}` };
  }
}
