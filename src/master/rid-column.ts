/** Ids one after the other, eight bytes each. */
export class RidColumn {
  #data = new BigInt64Array(1024);
  length = 0;

  push(rid: bigint): void {
    if (this.length === this.#data.length) {
      const grown = new BigInt64Array(this.length * 2);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[this.length++] = rid;
  }

  /** What was pushed; nothing may be pushed while it is in use. */
  get rids(): BigInt64Array {
    return this.#data.subarray(0, this.length);
  }
}
