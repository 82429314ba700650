import { safeName } from './names.js';

export type XmlValue = string | XmlValue[] | { [name: string]: XmlValue };

/** An element that is being read. */
export class XmlNode {
  readonly name: string;
  readonly #values: Record<string, XmlValue> = {};
  #named = false;
  #text = '';

  constructor(name: string, attributes: Readonly<Record<string, string>>) {
    this.name = name;
    for (const [attribute, value] of Object.entries(attributes)) this.set(`@${attribute}`, value);
  }

  addText(text: string): void {
    this.#text += text;
  }

  set(name: string, value: XmlValue): void {
    this.#values[safeName(name)] = value;
    this.#named = true;
  }

  /** Adds a child; the second of a name makes a list. */
  add(name: string, value: XmlValue): void {
    const safe = safeName(name);
    const known = Object.hasOwn(this.#values, safe) ? this.#values[safe]! : undefined;
    if (known === undefined) this.set(safe, value);
    else if (Array.isArray(known)) known.push(value);
    else this.#values[safe] = [known, value];
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name);
  }

  /** Text alone is a string; with attributes or children an object, where the text is `#text`. */
  value(): XmlValue {
    const text = this.#text.trim();
    if (!this.#named) return text;
    if (text !== '') this.#values['#text'] = text;
    return this.#values;
  }
}
