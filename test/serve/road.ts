import { AssayError } from '../../src/errors.js';
import type { Database } from '../../src/platform/database/port.js';

/** A way to a database that can be cut, and on which answers can be held back. */
export interface Road {
  database: Database;
  /** Statements sent since the last look. */
  asked(): number;
  cut(): void;
  mend(): void;
  /** From now on answers arrive at the road's end, and stay there until `release`. */
  hold(): void;
  /** Resolves when an answer is held. */
  held(): Promise<void>;
  release(): void;
}

export function roadTo(database: Database): Road {
  let count = 0;
  let isCut = false;
  let gate: { arrived: () => void; first: Promise<void>; open: () => void; opened: Promise<void> } | undefined;
  const query: Database['query'] = async (text, params) => {
    count++;
    if (isCut)
      throw new AssayError('PLATFORM_UNAVAILABLE', 'postgres does not answer', { details: { server: 'postgres' } });
    const rows = await database.query(text, params);
    gate?.arrived();
    await gate?.opened;
    return rows as never;
  };
  return {
    database: Object.assign(Object.create(database) as Database, { query }),
    asked: () => {
      const asked = count;
      count = 0;
      return asked;
    },
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
    hold: () => {
      const { promise: first, resolve: arrived } = promise();
      const { promise: opened, resolve: open } = promise();
      gate = { arrived, first, open, opened };
    },
    held: () => gate?.first ?? Promise.resolve(),
    release: () => {
      gate?.open();
      gate = undefined;
    },
  };
}

function promise(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const made = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise: made, resolve };
}
