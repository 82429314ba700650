import { isAbsolute, relative } from 'node:path';
import { AssayError } from '../errors.js';
import { compareText } from '../records.js';

/** One thing that is wrong in the configuration, and where. */
export interface Mistake {
  /** Path as shown to the reader, or the name of an environment variable. */
  file: string;
  /** From 1; absent when the mistake is about a whole file or folder. */
  line?: number;
  message: string;
}

/** Collects every mistake of every file, so that all of them are shown at once. */
export class Mistakes {
  readonly #all: Mistake[] = [];
  readonly #redact: (text: string) => string;

  /** @param redact takes secrets out of every message. */
  constructor(redact: (text: string) => string = (text) => text) {
    this.#redact = redact;
  }

  add(file: string, line: number | undefined, message: string): void {
    this.#all.push({ file: shownPath(file), ...(line === undefined ? {} : { line }), message: this.#redact(message) });
  }

  get size(): number {
    return this.#all.length;
  }

  /** By file and line, without repeats. */
  list(): Mistake[] {
    const sorted = [...this.#all].sort(
      (a, b) => compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compareText(a.message, b.message),
    );
    return sorted.filter((m, i) => i === 0 || mistakeText(m) !== mistakeText(sorted[i - 1]!));
  }

  /** @throws AssayError CONFIG_INVALID that lists every mistake, when there is one. */
  throwIfAny(): void {
    if (this.#all.length === 0) return;
    const mistakes = this.list();
    const head =
      mistakes.length === 1 ? 'the configuration has a mistake' : `the configuration has ${mistakes.length} mistakes`;
    throw new AssayError('CONFIG_INVALID', `${head}\n${mistakes.map((m) => `  ${mistakeText(m)}`).join('\n')}`, {
      details: { mistakes },
    });
  }
}

/** `file:line: message` */
export function mistakeText(mistake: Mistake): string {
  return `${mistake.file}${mistake.line === undefined ? '' : `:${mistake.line}`}: ${mistake.message}`;
}

/** Relative to the working directory when it lies below it. */
export function shownPath(file: string): string {
  if (!isAbsolute(file)) return file;
  const short = relative(process.cwd(), file);
  return short === '' || short.startsWith('..') ? file : short;
}
