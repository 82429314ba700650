/** Something a run has to say besides counts. */
export interface Notice {
  source: string;
  code: string;
  message: string;
}

/** What a run has to say. A run that lasts keeps the newest and counts the others; each is handed on as it comes. */
export class Notices {
  #kept: Notice[] = [];
  #dropped = 0;
  readonly #most: number;
  readonly #tell: (notice: Notice) => void;

  constructor(most = Number.POSITIVE_INFINITY, tell: (notice: Notice) => void = () => undefined) {
    this.#most = most;
    this.#tell = tell;
  }

  add(notice: Notice): void {
    this.#tell(notice);
    this.#kept.push(notice);
    if (this.#kept.length <= this.#most) return;
    this.#kept.shift();
    this.#dropped++;
  }

  /** The notices kept, oldest first; the first says how many older ones are not among them. */
  list(): Notice[] {
    if (this.#dropped === 0) return this.#kept;
    const message = `${this.#dropped} older notices are in the log lines only`;
    return [{ source: '', code: 'NOTICES_CUT', message }, ...this.#kept];
  }
}
