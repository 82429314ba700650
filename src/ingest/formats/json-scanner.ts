import { stringEnd } from './json-value.js';

/**
 * Finds the end of one JSON value in text that comes in pieces, without building it: counts brackets outside strings. It
 * tolerates what `JSON.parse` refuses, so that a broken element of an array has an end and the ones after it are read.
 */
export class JsonScanner {
  /** The closing brackets that are waited for. */
  #closing: number[] = [];
  #inString = false;
  #scalar = false;

  /** Starts at the first character of a value. */
  start(first: string): void {
    this.#closing = [];
    this.#inString = false;
    this.#scalar = first !== '{' && first !== '[' && first !== '"';
  }

  /**
   * Reads on from `from`. `end`: position after the value, or -1 when the text ends first; then `at` is where to go on once
   * there is more. `broken`: a line ends inside a string, or a bracket closes another one.
   */
  advance(text: string, from: number): { end: number; at: number; broken: boolean } {
    let at = from;
    let newline = -2;
    while (at < text.length) {
      if (this.#inString) {
        const end = stringEnd(text, at);
        if (newline !== -1 && newline < at) newline = text.indexOf('\n', at);
        if (newline >= 0 && newline < (end < 0 ? text.length : end)) return { end: -1, at, broken: true };
        // Backslashes at the end of the text belong to the character that follows.
        if (end < 0) return { end: -1, at: withoutBackslashes(text, at), broken: false };
        this.#inString = false;
        at = end;
        if (this.#closing.length === 0) return { end: at, at, broken: false };
        continue;
      }
      const code = text.charCodeAt(at);
      if (this.#scalar) {
        if (isScalarEnd(code) && at > 0) return { end: at, at, broken: false };
      } else if (code === 34) this.#inString = true;
      else if (code === 123 || code === 91) this.#closing.push(code + 2);
      else if (code === 125 || code === 93) {
        if (this.#closing.pop() !== code) return { end: -1, at, broken: true };
        if (this.#closing.length === 0) return { end: at + 1, at: at + 1, broken: false };
      }
      at++;
    }
    return { end: -1, at, broken: false };
  }
}

/** Comma, closing bracket or white space. */
function isScalarEnd(code: number): boolean {
  return code === 44 || code === 93 || code === 32 || code === 10 || code === 13 || code === 9;
}

function withoutBackslashes(text: string, from: number): number {
  let at = text.length;
  while (at > from && text.charCodeAt(at - 1) === 92) at--;
  return at;
}
