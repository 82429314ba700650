/** The entities that feeds hold; numeric ones are decoded by rule. */
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  bull: '•',
  middot: '·',
  deg: '°',
  plusmn: '±',
  times: '×',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  copy: '©',
  reg: '®',
  trade: '™',
  aacute: 'á',
  agrave: 'à',
  acirc: 'â',
  atilde: 'ã',
  auml: 'ä',
  aring: 'å',
  aelig: 'æ',
  ccedil: 'ç',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  euml: 'ë',
  iacute: 'í',
  igrave: 'ì',
  icirc: 'î',
  iuml: 'ï',
  ntilde: 'ñ',
  oacute: 'ó',
  ograve: 'ò',
  ocirc: 'ô',
  otilde: 'õ',
  ouml: 'ö',
  oslash: 'ø',
  szlig: 'ß',
  uacute: 'ú',
  ugrave: 'ù',
  ucirc: 'û',
  uuml: 'ü',
};

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,7}));/g;
const DROPPED = /<(script|style)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** A tag begins with a letter or slash right after `<`, so "5 < 6" stays. */
const TAG = /<\/?[a-zA-Z][^<>]*>/g;

function decodeOne(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) {
    const exact = NAMED[name];
    if (exact !== undefined) return exact;
    const lower = NAMED[name.toLowerCase()];
    if (lower === undefined) return whole;
    return /^[A-Z]/.test(name) ? lower.toUpperCase() : lower;
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
}

/** Decodes character references, also those that were escaped twice (`&amp;quot;`). */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  const once = text.replace(ENTITY, decodeOne);
  return once.includes('&') ? once.replace(ENTITY, decodeOne) : once;
}

/** Text of an HTML fragment: tags become spaces, scripts, styles and comments go. */
export function stripHtml(text: string): string {
  const bare = text.includes('<') ? text.replace(COMMENT, ' ').replace(DROPPED, ' ').replace(TAG, ' ') : text;
  const decoded = decodeEntities(bare);
  // Feeds escape whole fragments: decoding may uncover the tags.
  return decoded !== bare && decoded.includes('<')
    ? decoded.replace(COMMENT, ' ').replace(DROPPED, ' ').replace(TAG, ' ')
    : decoded;
}
