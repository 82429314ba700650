/**
 * 64-bit hashes of strings, fast enough to run several times a record: two 32-bit lanes over UTF-16 units with murmur3's
 * multipliers and finalizer (Appleby, public domain description), cross-mixed at the end. Not for secrets.
 * Kept stable for ever: record ids, blocking keys and fingerprints on disk depend on it.
 */
let high = 0;
let low = 0;

function run(text: string, seed: number): void {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x85ebca6b ^ Math.imul(seed, 0xc2b2ae35);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b ^ c, 0x1b873593);
    b = (b << 13) | (b >>> 19);
    b = (Math.imul(b, 5) + 0xe6546b64 + a) | 0;
  }
  a ^= text.length;
  b ^= a;
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  a ^= a >>> 16;
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ a;
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b ^= b >>> 16;
  a ^= Math.imul(b, 0x9e3779b1);
  high = a >>> 0;
  low = b >>> 0;
}

/** 32-bit hash. */
export function hash32(text: string, seed = 0): number {
  run(text, seed);
  return low;
}

/** The two halves of the 64-bit hash, written to `out[at]` and `out[at + 1]` (high, low). */
export function hash64Into(text: string, out: Uint32Array, at: number, seed = 0): void {
  run(text, seed);
  out[at] = high;
  out[at + 1] = low;
}

/** 63-bit non-negative hash as bigint: fits Postgres' bigint. */
export function hash63(text: string, seed = 0): bigint {
  run(text, seed);
  return (BigInt(high & 0x7fffffff) << 32n) | BigInt(low);
}

/** 16 lower-case hex digits. */
export function hashHex(text: string, seed = 0): string {
  run(text, seed);
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
