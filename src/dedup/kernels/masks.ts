/**
 * Bit masks of where a code occurs in a pattern of at most 64 units: bit i of LOW[code] is set when pattern[i] is code,
 * bit i of HIGH[code] when pattern[32 + i] is. Shared by the kernels, which run to their end without yielding and leave
 * both tables all zero. Directly indexed by code: of the half megabyte, only the cache lines of codes in use are touched.
 */
export const LOW = new Int32Array(65536);
export const HIGH = new Int32Array(65536);

/** Sets the masks of codes[start..end), at most 64 units. */
export function setMasks(codes: Uint16Array, start: number, end: number): void {
  const half = Math.min(end, start + 32);
  let bit = 1;
  for (let i = start; i < half; i++, bit <<= 1) LOW[codes[i]!]! |= bit;
  bit = 1;
  for (let i = half; i < end; i++, bit <<= 1) HIGH[codes[i]!]! |= bit;
}

export function clearMasks(codes: Uint16Array, start: number, end: number): void {
  const half = Math.min(end, start + 32);
  for (let i = start; i < half; i++) LOW[codes[i]!] = 0;
  for (let i = half; i < end; i++) HIGH[codes[i]!] = 0;
}
