import { AssayError } from '../../errors.js';

/** A substring of this many characters and more keeps the whole text alive that it was cut from. */
const SLICED = 13;

/** Strings to numbers, in order of first sight. */
export class Interner {
  readonly texts: string[] = [];
  #ids: Map<string, number> | undefined = new Map<string, number>();

  /** Number of the text; `texts.length` grew when it was new. */
  intern(text: string): number {
    if (this.#ids === undefined) throw new AssayError('INTERNAL', 'A record was added to a corpus that is frozen.');
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      const own = text.length < SLICED ? text : ownCopy(text);
      this.texts.push(own);
      this.#ids.set(own, id);
    }
    return id;
  }

  /** Ends adding: from now on numbers are only turned into texts. The way back takes most of the memory. */
  close(): void {
    this.#ids = undefined;
  }
}

/** The same characters in memory of their own. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
