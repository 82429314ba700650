/**
 * Encoding that an XML declaration names. One that can be read here as ASCII is not UTF-16, whatever it says.
 */
export function xmlEncoding(head: Buffer): string | undefined {
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/.exec(head.toString('latin1'))?.[1];
  return declared !== undefined && /^utf-?16/i.test(declared) ? undefined : declared;
}
