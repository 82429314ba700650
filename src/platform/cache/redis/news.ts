import { randomBytes } from 'node:crypto';

/** What processes tell each other over the channel. `by` is the process, which passes over its own. */
export type News = { by: string } & ({ keys: [key: string, floor: number][] } | { flush: true });

/** Names a process on the channel, and makes tokens that no other process makes. */
export class Teller {
  readonly id = randomBytes(9).toString('base64url');
  #count = 0;

  token(): string {
    return `${this.id}.${this.#count++}`;
  }

  keys(keys: [key: string, floor: number][]): string {
    return JSON.stringify({ by: this.id, keys } satisfies News);
  }

  flush(): string {
    return JSON.stringify({ by: this.id, flush: true } satisfies News);
  }
}

/** The message, or undefined when it is none of ours. */
export function readNews(text: string): News | undefined {
  try {
    const news = JSON.parse(text) as News;
    return typeof news === 'object' && news !== null && typeof news.by === 'string' ? news : undefined;
  } catch {
    return undefined;
  }
}
