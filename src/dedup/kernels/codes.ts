/** A string's UTF-16 units in a buffer that is reused; the string forms of the kernels load their arguments here. */
export class CodeBuffer {
  codes = new Uint16Array(256);

  /** Overwrites the buffer; returns the number of units. */
  load(text: string): number {
    const n = text.length;
    if (n > this.codes.length) this.codes = new Uint16Array(Math.max(n, this.codes.length * 2));
    const codes = this.codes;
    for (let i = 0; i < n; i++) codes[i] = text.charCodeAt(i);
    return n;
  }
}

export const LEFT = new CodeBuffer();
export const RIGHT = new CodeBuffer();
