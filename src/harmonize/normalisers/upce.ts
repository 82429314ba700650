import { gtinCheckDigit } from './check-digit.js';

/**
 * UPC-A (12 digits) of an eight-digit UPC-E: number system, six digits, check digit. Undefined when the check digit, which
 * is the one of the expanded code, is wrong. The last of the six digits says where the zeros were taken out.
 */
export function expandUpcE(code: string): string | undefined {
  if (!/^[01]\d{7}$/.test(code)) return undefined;
  const [system, a, b, c, d, e, f] = [...code] as [string, string, string, string, string, string, string];
  let body: string;
  if (f <= '2') body = `${system}${a}${b}${f}0000${c}${d}${e}`;
  else if (f === '3') body = `${system}${a}${b}${c}00000${d}${e}`;
  else if (f === '4') body = `${system}${a}${b}${c}${d}00000${e}`;
  else body = `${system}${a}${b}${c}${d}${e}0000${f}`;
  return gtinCheckDigit(body) === Number(code[7]) ? body + code[7] : undefined;
}

/** UPC-E (8 digits) of a UPC-A that has one, else undefined. */
export function compressUpcA(upca: string): string | undefined {
  const match = /^([01])(\d{5})(\d{5})(\d)$/.exec(upca);
  if (match === null) return undefined;
  const [system, maker, item, check] = match.slice(1) as [string, string, string, string];
  let six: string | undefined;
  if (/^\d\d[0-2]00$/.test(maker) && item.startsWith('00')) six = maker.slice(0, 2) + item.slice(2) + maker[2];
  else if (maker.endsWith('00') && item.startsWith('000')) six = `${maker.slice(0, 3)}${item.slice(3)}3`;
  else if (maker.endsWith('0') && item.startsWith('0000')) six = `${maker.slice(0, 4)}${item.slice(4)}4`;
  else if (item.startsWith('0000') && item[4]! >= '5') six = maker + item[4];
  return six === undefined ? undefined : system + six + check;
}
