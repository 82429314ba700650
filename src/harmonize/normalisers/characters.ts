/** Control and format characters (zero-width, soft hyphen, direction marks) that are not white space. */
export const INVISIBLE = /[\p{Cc}\p{Cf}](?<![\t\n\v\f\r])/gu;

/** NFKC would run "10½" together into "101/2". */
export const GLUED_FRACTION = /(\d)([\u00bc-\u00be\u2150-\u215e])/g;

/** What a single space replaces; plain single spaces are left alone (fifty times faster on long text than matching them). */
export const SPACES = /\s{2,}|[^\S ]/g;

const NON_ASCII = /[\u0080-\uffff]/;

export const isAscii = (text: string): boolean => !NON_ASCII.test(text);

const LONE_SURROGATE = /\p{Cs}/gu;

/** The text with U+FFFD for every surrogate without its partner: Postgres and UTF-8 have no place for them. */
export const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, '\ufffd');
