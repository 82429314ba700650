import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { messageOf } from '../../errors.js';
import { feedFault, type PullItem, recordFault } from '../connector.js';
import { MAX_DEPTH } from './json-value.js';
import { SHOWN } from './jsonl-reader.js';
import type { TextChunk } from './text.js';
import { AmpersandGuard, BARE_AMPERSAND } from './xml-ampersand.js';
import { XmlNode } from './xml-node.js';

const BARE = 'not XML: an ampersand that is not written as &amp;';

type Parser = SaxesParser<{ fragment: boolean; position: false; xmlns: false }>;

export interface XmlShape {
  /** Name of the element that is a record, with its prefix. */
  element: string;
  /** Names of elements before the records whose text every record takes over. */
  inherit: readonly string[];
}

/**
 * Reads every element of one name as a record: attributes are `@name`, text beside them `#text`, children by name, and a
 * list where a name repeats. A record with an XML mistake in it is a fault; the parser recovers at the next tag that fits.
 * Entities of a document type are not expanded.
 */
export class XmlReader {
  readonly #name: string;
  readonly #shape: XmlShape;
  readonly #maxChars: number;
  #parser: Parser;
  readonly #ampersands = new AmpersandGuard();
  /** Position in the feed's text where the parser's position 0 is. */
  #base = 0;
  #items: PullItem[] = [];
  #index = 0;
  #root: string | undefined;
  #openTags = 0;
  /** The open record and the open elements in it. */
  #stack: XmlNode[] = [];
  #start = 0;
  #mistake: string | undefined;
  /** A record that just ended; a mistake at the very same place belongs to it. */
  #ended: { item: PullItem; original: string; at: number } | undefined;
  #lastTag = 0;
  readonly #inherited = new Map<string, string>();
  #inheriting: string | undefined;
  /** Text from `#windowStart` on, for originals. */
  #window = '';
  #windowStart = 0;
  #skipping = false;
  #resumed = false;
  #stopped = false;

  constructor(name: string, shape: XmlShape, maxChars: number) {
    this.#name = name;
    this.#shape = shape;
    this.#maxChars = maxChars;
    this.#parser = this.#newParser();
  }

  push({ text }: TextChunk): PullItem[] {
    if (!this.#stopped) this.#read(this.#ampersands.take(text));
    return this.#take();
  }

  end(failure?: unknown): PullItem[] {
    if (!this.#stopped) this.#read(this.#ampersands.rest());
    if (this.#stopped) return this.#take();
    const cut = failure === undefined ? 'the document ends inside this element' : messageOf(failure);
    if (this.#stack.length > 0) this.#fail(cut);
    if (failure === undefined) {
      if (this.#root === undefined) this.#refuse('the feed has no XML element in it');
      else if (this.#openTags > 0 || this.#skipping) this.#refuse('the XML document ends before its root element does');
    }
    return this.#take();
  }

  #read(text: string): void {
    let rest = text;
    if (this.#skipping) {
      const whole = this.#window + text;
      const next = whole.search(new RegExp(`<${escapeRegExp(this.#shape.element)}[\\s/>]`));
      if (next < 0) {
        this.#window = whole.slice(-this.#shape.element.length - 2);
        return;
      }
      rest = whole.slice(next);
      this.#window = '';
      this.#windowStart = 0;
      this.#base = 0;
      this.#skipping = false;
      this.#resumed = true;
      this.#parser = this.#newParser();
    }
    this.#window += rest;
    this.#parser.write(this.#ampersands.guarded(rest));
    this.#settle();
    const at = this.#position();
    const open = this.#stack.length > 0 ? this.#start : at;
    this.#window = this.#window.slice(Math.max(0, open - this.#windowStart));
    this.#windowStart = Math.max(this.#windowStart, open);
    if (this.#stack.length > 0 && at - this.#start > this.#maxChars) {
      this.#openTags -= this.#stack.length;
      this.#fail(`the element is larger than max_record_bytes (${this.#maxChars})`);
      this.#skipping = true;
      this.#window = '';
    } else if (this.#stack.length === 0 && at - this.#lastTag > this.#maxChars) {
      this.#refuse(`there is no tag in ${this.#maxChars} characters: this is not XML`);
    }
  }

  #newParser(): Parser {
    // As a fragment, so that a stray end tag, which closes everything, does not end the document.
    const parser: Parser = new SaxesParser({ fragment: true, position: false, xmlns: false });
    parser.on('error', (error) => this.#onError(error));
    parser.on('opentagstart', () => this.#settle());
    parser.on('opentag', (tag) => this.#onOpen(tag));
    parser.on('closetag', (tag) => this.#onClose(tag));
    parser.on('text', (text) => this.#onMarkup(text));
    parser.on('cdata', (text) => this.#onText(text.replaceAll(BARE_AMPERSAND, '&')));
    this.#lastTag = 0;
    return parser;
  }

  #position(): number {
    return this.#base + this.#parser.position;
  }

  #onOpen(tag: SaxesTagPlain): void {
    this.#openTags++;
    this.#lastTag = this.#position();
    if (this.#root === undefined) {
      this.#root = tag.name;
      if (tag.name.toLowerCase() === 'html') {
        this.#refuse('the source sent an HTML page instead of XML');
        return;
      }
    }
    if (this.#stopped) return;
    if (tag.name === this.#shape.element) {
      if (this.#stack.length > 0)
        this.#fail(`the element is not closed before the next <${tag.name}>`, this.#tagStart());
      this.#stack = [new XmlNode(tag.name, tag.attributes)];
      this.#start = this.#tagStart();
      if (hasBareAmpersand(tag)) this.#mistake = BARE;
    } else if (this.#stack.length > 0) {
      this.#stack.push(new XmlNode(tag.name, tag.attributes));
      if (hasBareAmpersand(tag)) this.#mistake ??= BARE;
      if (this.#stack.length > MAX_DEPTH) this.#mistake ??= `the record is nested deeper than ${MAX_DEPTH} levels`;
    } else if (this.#shape.inherit.includes(tag.name)) {
      this.#inheriting = tag.name;
      this.#inherited.set(tag.name, '');
    }
  }

  #onMarkup(text: string): void {
    if (this.#stack.length > 0 && text.includes(BARE_AMPERSAND)) this.#mistake ??= BARE;
    this.#onText(text);
  }

  #onText(text: string): void {
    if (this.#stack.length > 0) this.#stack[this.#stack.length - 1]!.addText(text);
    else if (this.#inheriting !== undefined)
      this.#inherited.set(this.#inheriting, (this.#inherited.get(this.#inheriting) + text).trim());
  }

  #onClose({ name }: { name: string }): void {
    this.#settle();
    this.#openTags--;
    this.#inheriting = undefined;
    this.#lastTag = this.#position();
    const node = this.#stack.pop();
    if (!node) return;
    const parent = this.#stack[this.#stack.length - 1];
    if (parent) {
      parent.add(name, node.value());
      return;
    }
    for (const [inherited, text] of this.#inherited) if (!node.has(inherited)) node.set(inherited, text);
    const original = this.#original(this.#position());
    const value = node.value();
    const data = typeof value === 'string' ? { '#text': value } : value;
    const item = this.#mistake === undefined ? { data, origin: this.#origin() } : this.#fault(this.#mistake, original);
    this.#ended = { item, original, at: this.#position() };
    this.#mistake = undefined;
  }

  #onError(error: Error): void {
    const reason = error.message.replace(/^undefined:\d+:\d+:\s*/, '');
    // The parser that went on after a skipped record does not know the elements around it, and meets their ends.
    if (this.#resumed && reason.startsWith('unmatched closing tag')) this.#openTags--;
    if (this.#ended && this.#ended.at === this.#position() && !('fault' in this.#ended.item))
      this.#ended.item = this.#fault(`the element is not closed: ${reason}`, this.#ended.original);
    else if (this.#stack.length > 0) this.#mistake ??= `not XML: ${reason}`;
  }

  /** Hands over the record that ended. */
  #settle(): void {
    if (!this.#ended) return;
    this.#items.push(this.#ended.item);
    this.#ended = undefined;
    this.#index++;
  }

  /** Gives up the open record. */
  #fail(reason: string, end = this.#position()): void {
    this.#items.push(this.#fault(reason, this.#original(end)));
    this.#index++;
    this.#stack = [];
    this.#mistake = undefined;
  }

  #refuse(reason: string): void {
    this.#items.push(feedFault('SOURCE_MALFORMED', reason, this.#name));
    this.#stopped = true;
    this.#stack = [];
  }

  /** Where the tag that was just read begins. */
  #tagStart(): number {
    const at = this.#position() - this.#windowStart;
    return this.#windowStart + Math.max(0, this.#window.lastIndexOf(`<${this.#shape.element}`, at - 1));
  }

  #original(end: number): string {
    const from = Math.max(0, this.#start - this.#windowStart);
    return this.#window.slice(from, Math.min(end - this.#windowStart, from + Math.max(SHOWN, this.#maxChars)));
  }

  #origin(): string {
    return `${this.#name}#${this.#index}`;
  }

  #fault(reason: string, original: string): PullItem {
    return recordFault(reason, original, this.#origin());
  }

  #take(): PullItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }
}

function hasBareAmpersand({ attributes }: SaxesTagPlain): boolean {
  return Object.values(attributes).some((value) => value.includes(BARE_AMPERSAND));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
