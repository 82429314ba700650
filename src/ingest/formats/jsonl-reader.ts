import { messageOf } from '../../errors.js';
import { feedFault, type PullItem, recordFault } from '../connector.js';
import { isTooDeep, MAX_DEPTH, parseJson } from './json-value.js';
import { looksLikeHtml } from './names.js';
import { isDamaged, type TextChunk } from './text.js';

/** Characters of a line too large to be kept that its fault shows. */
export const SHOWN = 65_536;

const ARRAY = 'the source sent a JSON array (connector type "json" reads it) instead of one JSON object a line';

/** Reads JSON Lines: one record a line. A line that cannot be read is a fault and the others go on; empty lines are passed over. */
export class JsonlReader {
  readonly #name: string;
  readonly #maxChars: number;
  /** Text after the last line end, in the pieces it came in. */
  #open: string[] = [];
  #openChars = 0;
  #damaged = false;
  #line = 0;
  #skipping = false;
  #stopped = false;
  #startedWithArray = false;

  constructor(name: string, maxChars: number) {
    this.#name = name;
    this.#maxChars = maxChars;
  }

  push({ text, damaged }: TextChunk): PullItem[] {
    const items: PullItem[] = [];
    let from = 0;
    this.#damaged ||= damaged;
    for (;;) {
      const newline = text.indexOf('\n', from);
      if (newline < 0) break;
      this.#open.push(text.slice(from, newline));
      this.#take(items);
      from = newline + 1;
    }
    this.#damaged = damaged;
    if (this.#stopped) return items;
    this.#open.push(text.slice(from));
    this.#openChars += text.length - from;
    if (this.#openChars > this.#maxChars && !this.#skipping) {
      items.push(this.#tooLarge(this.#open.join('')));
      this.#skipping = true;
    }
    if (this.#skipping) this.#open = [];
    return items;
  }

  end(failure?: unknown): PullItem[] {
    const items: PullItem[] = [];
    if (failure === undefined) {
      this.#take(items);
      if (this.#startedWithArray && !this.#stopped && this.#line === 1)
        items.push(feedFault('SOURCE_MALFORMED', ARRAY, this.#name));
    }
    if (failure !== undefined && this.#openChars > 0 && !this.#skipping && !this.#stopped)
      items.push(this.#fault(`the feed ended inside this line: ${messageOf(failure)}`, this.#open.join('')));
    return items;
  }

  #take(items: PullItem[]): void {
    const line = this.#open.length === 1 ? this.#open[0]! : this.#open.join('');
    this.#open = [];
    this.#openChars = 0;
    if (this.#stopped) return;
    if (this.#skipping) {
      this.#skipping = false;
      this.#line++;
      return;
    }
    this.#line++;
    const text = line.trim();
    if (text === '') return;
    if (text.length > this.#maxChars) items.push(this.#tooLarge(text, 0));
    else if (this.#line === 1 && this.#refused(text, items)) this.#stopped = true;
    else items.push(this.#record(text));
  }

  /** What is not JSON Lines at all is told once, instead of once a line. */
  #refused(text: string, items: PullItem[]): boolean {
    if (looksLikeHtml(text)) {
      items.push(feedFault('SOURCE_MALFORMED', 'the source sent an HTML page instead of JSON Lines', this.#name));
      return true;
    }
    // An array that ends on its line may be one bad record, or the whole document: the end tells.
    this.#startedWithArray = text.startsWith('[');
    if (!this.#startedWithArray || text.endsWith(']')) return false;
    items.push(feedFault('SOURCE_MALFORMED', ARRAY, this.#name));
    return true;
  }

  #record(text: string): PullItem {
    if (this.#damaged && isDamaged(text))
      return this.#fault('the line has bytes that are not valid in its encoding', text, 0);
    let data: unknown;
    try {
      data = parseJson(text);
    } catch (error) {
      return this.#fault(`not JSON: ${messageOf(error)}`, text, 0);
    }
    if (isTooDeep(data)) return this.#fault(`the record is nested deeper than ${MAX_DEPTH} levels`, text, 0);
    return { data, origin: `${this.#name}:${this.#line}` };
  }

  #tooLarge(text: string, ahead = 1): PullItem {
    return this.#fault(`the line is larger than max_record_bytes (${this.#maxChars})`, text.slice(0, SHOWN), ahead);
  }

  #fault(reason: string, original: string, ahead = 1): PullItem {
    return recordFault(reason, original, `${this.#name}:${this.#line + ahead}`);
  }
}
