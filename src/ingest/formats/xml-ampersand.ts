/**
 * Stands for an ampersand that begins no entity: the parser would read on to the next semicolon, over any number of
 * records, to find the entity's name. A noncharacter, which no text holds; in CDATA it is turned back.
 */
export const BARE_AMPERSAND = '\ufdd0';

const BARE = /&(?!(?:#\d{1,8}|#x[0-9a-fA-F]{1,8}|[A-Za-z_:][\w.:-]{0,31});)/g;
/** Longest text from an ampersand to its semicolon. */
const LONGEST = 34;

/** Marks bare ampersands in text that comes in pieces. Lengths do not change. */
export class AmpersandGuard {
  #open = '';

  /** The text up to an entity that may go on in the next piece. */
  take(piece: string): string {
    const text = this.#open + piece;
    const last = text.lastIndexOf('&');
    const cut = last >= 0 && text.length - last < LONGEST && !text.includes(';', last) ? last : text.length;
    this.#open = text.slice(cut);
    return text.slice(0, cut);
  }

  rest(): string {
    const text = this.#open;
    this.#open = '';
    return text;
  }

  guarded(text: string): string {
    return text.includes('&') ? text.replace(BARE, BARE_AMPERSAND) : text;
  }
}
