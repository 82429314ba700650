/** Windows-1252 bytes 80-9F that stand for other characters; the rest of the code page is Latin-1. */
const CP1252 = new Map(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'].map((char, at) => [char.charCodeAt(0), 0x80 + at]),
);

/** A lead byte of UTF-8 followed by a continuation byte, both read as Latin-1 or Windows-1252. */
const SUSPECT =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]/;

/** Letters no shop writes in: what „Spaß“ and "CAFÉ”" would turn into, so a repair that yields one is refused. */
const UNLIKELY = /[\u0180-\u036f\u0700-\u08ff\ufffd]/;

const decoder = new TextDecoder('utf-8', { fatal: true });

function repairOnce(text: string): string {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 0x100 ? code : CP1252.get(code);
    if (byte === undefined) return text;
    bytes[i] = byte;
  }
  try {
    const repaired = decoder.decode(bytes);
    return UNLIKELY.test(repaired) ? text : repaired;
  } catch {
    return text;
  }
}

/**
 * Undoes UTF-8 that was read as Latin-1 or Windows-1252 ("Ã©" → "é", "â€™" → "’"), also when it happened twice.
 * Safe: the whole text must be encodable in that code page and be valid UTF-8 then, else it stays as it is.
 */
export function repairMojibake(text: string): string {
  if (!SUSPECT.test(text)) return text;
  const once = repairOnce(text);
  return once !== text && SUSPECT.test(once) ? repairOnce(once) : once;
}
