import { stringEnd } from './json-value.js';

/**
 * Walks through a JSON document to an array, in text that comes in pieces. The array stands at `path` (`data.products`);
 * without a path it is the document itself or the first array directly in it.
 */
export class JsonSeeker {
  /** Values at the top of the document so far: more than one is not JSON but JSON Lines. */
  roots = 0;
  readonly #path: string | undefined;
  /** The open objects and arrays; an object has the key that is read. */
  readonly #open: { array: boolean; key: string; expectKey: boolean }[] = [];

  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** `found`: position of the array's first character after its bracket; else `at` is where to go on when there is more. */
  advance(text: string): { found: number; at: number } {
    let at = 0;
    while (at < text.length) {
      const frame = this.#open[this.#open.length - 1];
      const c = text[at]!;
      if (c === '"') {
        const end = stringEnd(text, at + 1);
        if (end < 0) return { found: -1, at };
        if (frame?.expectKey) {
          frame.key = keyOf(text.slice(at, end));
          frame.expectKey = false;
        }
        at = end;
        continue;
      }
      if (c === '[' && this.#isTarget()) return { found: at + 1, at };
      if (c === '{' || c === '[') {
        if (!frame) this.roots++;
        this.#open.push({ array: c === '[', key: '', expectKey: c === '{' });
      } else if (c === '}' || c === ']') this.#open.pop();
      else if (c === ',' && frame && !frame.array) frame.expectKey = true;
      at++;
    }
    return { found: -1, at };
  }

  #isTarget(): boolean {
    if (this.#open.some(({ array }) => array)) return false;
    const path = this.#open.map(({ key }) => key);
    return this.#path === undefined ? path.length <= 1 : path.join('.') === this.#path;
  }
}

function keyOf(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
