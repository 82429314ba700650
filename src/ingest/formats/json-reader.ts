import { messageOf } from '../../errors.js';
import { feedFault, type PullItem, recordFault } from '../connector.js';
import { JsonScanner } from './json-scanner.js';
import { JsonSeeker } from './json-seeker.js';
import { isTooDeep, MAX_DEPTH, parseJson } from './json-value.js';
import { SHOWN } from './jsonl-reader.js';
import { looksLikeHtml } from './names.js';
import { isDamaged, type TextChunk } from './text.js';

/** Path that stands for the document itself: it is one record. */
export const WHOLE = '.';

/**
 * Reads the elements of an array in a JSON document of any size, each as a record. An element that is not JSON is a fault
 * and the next one is read. Where an element's end cannot be found (a quote or bracket is missing), reading goes on at the
 * next line that starts an object with the same indentation; in a document without such lines the rest is lost, and said so.
 */
export class JsonReader {
  readonly #name: string;
  readonly #path: string | undefined;
  readonly #maxChars: number;
  readonly #seeker: JsonSeeker;
  readonly #scanner = new JsonScanner();
  #phase: 'start' | 'seek' | 'between' | 'element' | 'oversize' | 'resync' | 'done';
  #text = '';
  #damaged = false;
  /** In 'element': where the scanner goes on in `#text`, which starts with the element. */
  #scanned = 0;
  #index = 0;
  /** White space before the element on its line; undefined when another element is on that line. */
  #indent: string | undefined;

  constructor(name: string, path: string | undefined, maxChars: number) {
    this.#name = name;
    this.#path = path;
    this.#maxChars = maxChars;
    this.#seeker = new JsonSeeker(path);
    this.#phase = 'start';
  }

  push({ text, damaged }: TextChunk): PullItem[] {
    if (this.#phase === 'done') return [];
    this.#text = this.#text === '' ? text : this.#text + text;
    this.#damaged ||= damaged;
    const items: PullItem[] = [];
    while (this.#step(items, false)) {}
    this.#damaged &&= isDamaged(this.#text);
    return items;
  }

  end(failure?: unknown): PullItem[] {
    const items: PullItem[] = [];
    while (this.#step(items, failure === undefined)) {}
    if (this.#phase === 'element' || this.#phase === 'oversize') {
      const reason = failure === undefined ? 'the document ends inside this element' : messageOf(failure);
      do this.#lost(items, reason);
      while ((this.#phase as string) === 'between' && this.#drain(items));
    }
    if (failure === undefined && this.#phase !== 'done') items.push(this.#unfinished());
    this.#phase = 'done';
    return items;
  }

  /** Reads the elements that a lost one had swallowed; true when the last of them is open again. */
  #drain(items: PullItem[]): boolean {
    while (this.#step(items, true)) {}
    return (this.#phase as string) === 'element';
  }

  /** Does what the text at hand allows; false when it needs more. */
  #step(items: PullItem[], last: boolean): boolean {
    switch (this.#phase) {
      case 'start':
        return this.#start(items, last);
      case 'seek':
        return this.#seek(items);
      case 'between':
        return this.#between();
      case 'element':
        return this.#element(items, last);
      case 'oversize':
        return this.#oversize(items);
      case 'resync':
        return this.#resync();
      case 'done':
        return false;
    }
  }

  #start(items: PullItem[], last: boolean): boolean {
    if (this.#text.length < 2000 && !last) return false;
    if (looksLikeHtml(this.#text)) {
      items.push(feedFault('SOURCE_MALFORMED', 'the source sent an HTML page instead of JSON', this.#name));
      this.#phase = 'done';
      return false;
    }
    if (this.#path === WHOLE) {
      this.#text = this.#text.trimStart();
      if (this.#text === '') return false;
      this.#begin();
    } else this.#phase = 'seek';
    return true;
  }

  #seek(items: PullItem[]): boolean {
    const { found, at } = this.#seeker.advance(this.#text);
    this.#text = this.#text.slice(found >= 0 ? found : at);
    if (found >= 0) {
      this.#phase = 'between';
      return true;
    }
    if (this.#text.length > this.#maxChars) {
      items.push(feedFault('SOURCE_MALFORMED', 'a string before the records is not closed', this.#name));
      this.#phase = 'done';
    }
    return false;
  }

  #between(): boolean {
    const text = this.#text;
    let at = 0;
    for (; at < text.length; at++) {
      const c = text[at]!;
      if (c === '\n') this.#indent = '';
      else if (c === ' ' || c === '\t') this.#indent = this.#indent === undefined ? undefined : this.#indent + c;
      else if (c !== ',' && c !== '\r') break;
    }
    this.#text = text.slice(at);
    if (this.#text === '') return false;
    if (this.#text.startsWith(']')) {
      this.#phase = 'done';
      return false;
    }
    this.#begin();
    return true;
  }

  #begin(): void {
    this.#scanner.start(this.#text[0]!);
    this.#scanned = 0;
    this.#phase = 'element';
  }

  #element(items: PullItem[], last: boolean): boolean {
    const { end, at, broken } = this.#scanner.advance(this.#text, this.#scanned);
    this.#scanned = at;
    if (broken) return this.#lost(items, 'a quote or bracket is not closed');
    if (end < 0 && this.#text.length > this.#maxChars) {
      items.push(this.#fault(this.#tooLarge(), this.#text.slice(0, SHOWN)));
      this.#text = this.#text.slice(at);
      this.#phase = 'oversize';
      return true;
    }
    if (end < 0 && !(last && this.#path === WHOLE && !/^[{["]/.test(this.#text))) return false;
    const stop = end < 0 ? this.#text.length : end;
    const item = this.#record(this.#text.slice(0, stop));
    // What is not JSON may have swallowed the elements after it.
    if ('fault' in item) {
      const next = this.#nextStart(1);
      if (next >= 0 && next < stop) return this.#lost(items, item.fault.reason);
    }
    items.push(item);
    this.#after(stop);
    return true;
  }

  /** Over the rest of an element that is too large. */
  #oversize(items: PullItem[]): boolean {
    const { end, at, broken } = this.#scanner.advance(this.#text, 0);
    if (broken) return this.#lost(items, '');
    if (end < 0) {
      this.#text = this.#text.slice(at);
      return false;
    }
    this.#after(end);
    return true;
  }

  #after(end: number): void {
    this.#text = this.#text.slice(end);
    this.#indent = undefined;
    this.#index++;
    this.#phase = this.#path === WHOLE ? 'done' : 'between';
  }

  /** An element without an end: goes on at a line that looks like the start of the next one, or gives the rest up. */
  #lost(items: PullItem[], reason: string): boolean {
    const next = this.#phase === 'oversize' ? -1 : this.#nextStart(1);
    const original = this.#text.slice(0, next < 0 ? SHOWN : next);
    if (this.#phase !== 'oversize') items.push(this.#fault(reason, original));
    this.#index++;
    if (next >= 0) {
      this.#text = this.#text.slice(next);
      this.#phase = 'between';
      return true;
    }
    this.#phase = this.#indent === undefined ? 'done' : 'resync';
    if (this.#phase === 'done')
      items.push(
        feedFault(
          'SOURCE_MALFORMED',
          `the document is broken in element ${this.#index - 1}, and what follows cannot be told apart`,
          this.#name,
        ),
      );
    return true;
  }

  #resync(): boolean {
    const next = this.#nextStart(0);
    if (next < 0) {
      // The line that is open may be the one that is looked for.
      this.#text = this.#text.slice(this.#text.lastIndexOf('\n'));
      if (this.#text.length > this.#maxChars) this.#text = '';
      return false;
    }
    this.#text = this.#text.slice(next);
    this.#phase = 'between';
    return true;
  }

  #nextStart(from: number): number {
    if (this.#indent === undefined) return -1;
    const pattern = new RegExp(`\\n${this.#indent}(?:,[ \\t]*)?\\{`, 'g');
    pattern.lastIndex = from;
    return pattern.exec(this.#text)?.index ?? -1;
  }

  #record(text: string): PullItem {
    if (text.length > this.#maxChars) return this.#fault(this.#tooLarge(), text.slice(0, SHOWN));
    if (this.#damaged && isDamaged(text))
      return this.#fault('the element has bytes that are not valid in its encoding', text);
    let data: unknown;
    try {
      data = parseJson(text);
    } catch (error) {
      return this.#fault(`not JSON: ${messageOf(error)}`, text);
    }
    if (isTooDeep(data)) return this.#fault(`the record is nested deeper than ${MAX_DEPTH} levels`, text);
    return { data, origin: `${this.#name}#${this.#index}` };
  }

  #tooLarge(): string {
    return `the element is larger than max_record_bytes (${this.#maxChars})`;
  }

  #fault(reason: string, original: string): PullItem {
    return recordFault(reason, original, `${this.#name}#${this.#index}`);
  }

  #unfinished(): PullItem {
    const what =
      this.#phase !== 'seek' && this.#phase !== 'start'
        ? 'the document ends before its array does'
        : this.#seeker.roots > 1
          ? 'the document holds several values, as JSON Lines does (connector type "jsonl" reads it)'
          : `the document has no array ${this.#path === undefined ? 'at its top' : `at "${this.#path}"`}`;
    return feedFault('SOURCE_MALFORMED', what, this.#name);
  }
}
