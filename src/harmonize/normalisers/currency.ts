/** Active ISO 4217 codes. */
export const CURRENCIES: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP ' +
    'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ' +
    'ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT ' +
    'MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD ' +
    'SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND ' +
    'VUV WST XAF XCD XOF XPF YER ZAR ZMW'
  ).split(' '),
);

/** Signs that mean one currency, the longer ones first where one begins another. Lower case, matched in lower-cased text. */
const SIGNS: readonly (readonly [string, string])[] = [
  ['us$', 'USD'],
  ['us $', 'USD'],
  ['ca$', 'CAD'],
  ['c$', 'CAD'],
  ['cdn$', 'CAD'],
  ['au$', 'AUD'],
  ['a$', 'AUD'],
  ['nz$', 'NZD'],
  ['hk$', 'HKD'],
  ['nt$', 'TWD'],
  ['s$', 'SGD'],
  ['r$', 'BRL'],
  ['mx$', 'MXN'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₪', 'ILS'],
  ['ש"ח', 'ILS'],
  ['שח', 'ILS'],
  ['₽', 'RUB'],
  ['руб', 'RUB'],
  ['₹', 'INR'],
  ['rs.', 'INR'],
  ['zł', 'PLN'],
  ['kč', 'CZK'],
  ['ft', 'HUF'],
  ['lei', 'RON'],
  ['лв', 'BGN'],
  ['₴', 'UAH'],
  ['грн', 'UAH'],
  ['₺', 'TRY'],
  ['₩', 'KRW'],
  ['฿', 'THB'],
  ['₫', 'VND'],
  ['₸', 'KZT'],
  ['₾', 'GEL'],
  ['₦', 'NGN'],
  ['₱', 'PHP'],
  ['₡', 'CRC'],
  ['元', 'CNY'],
  ['円', 'JPY'],
  ['euro', 'EUR'],
  ['nis', 'ILS'],
];

const DOLLARS: Record<string, string> = { ca: 'CAD', au: 'AUD', nz: 'NZD', hk: 'HKD', sg: 'SGD', mx: 'MXN', tw: 'TWD' };
const KRONE: Record<string, string> = { sv: 'SEK', da: 'DKK', nb: 'NOK', nn: 'NOK', no: 'NOK', is: 'ISK' };
const CODE = /(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])/g;
const WORDS = /^\p{L}+$/u;

function around(text: string, at: number, sign: string): boolean {
  if (!WORDS.test(sign)) return true;
  const before = text[at - 1];
  const after = text[at + sign.length];
  return !(before !== undefined && /\p{L}/u.test(before)) && !(after !== undefined && /\p{L}/u.test(after));
}

/** The region of a locale ("en-CA" → "ca"), or its language. */
const region = (locale: string) => locale.toLowerCase().split(/[-_]/).pop() ?? '';
const language = (locale: string) => locale.toLowerCase().split(/[-_]/)[0] ?? '';

/**
 * The ISO 4217 currency that a price text names: a code before a sign. `$`, `¥` and `kr` depend on the locale (US dollar, yen,
 * and none without one); `usual`, the source's own currency, wins among dollars. Undefined when nothing is named.
 */
export function findCurrency(text: string, locale = '', usual?: string): string | undefined {
  for (const [, code] of text.matchAll(CODE)) if (code !== undefined && CURRENCIES.has(code)) return code;
  const lower = text.toLowerCase();
  for (const [sign, code] of SIGNS) {
    const at = lower.indexOf(sign);
    if (at >= 0 && around(lower, at, sign)) return code;
  }
  if (lower.includes('$')) return usual?.endsWith('D') ? usual : (DOLLARS[region(locale)] ?? 'USD');
  if (lower.includes('¥')) return language(locale) === 'zh' || usual === 'CNY' ? 'CNY' : 'JPY';
  if (/(?<!\p{L})kr\.?(?!\p{L})/u.test(lower))
    return KRONE[language(locale)] ?? (/K$/.test(usual ?? '') ? usual : undefined);
  if (/(?<!\p{L})rs(?!\p{L})/u.test(lower)) return 'INR';
  if (/(?<!\p{L})tl(?!\p{L})/u.test(lower)) return 'TRY';
  const word = lower.match(/[a-z]{3}/)?.[0]?.toUpperCase();
  return word !== undefined && /^\W*[a-z]{3}\W*[\d.,\s]+$|^[\d.,\s]+[a-z]{3}\W*$/.test(lower) && CURRENCIES.has(word)
    ? word
    : undefined;
}

/** An ISO 4217 code from a currency field ("eur", "€", "US Dollar" is not read); undefined when it names none. */
export function normaliseCurrency(text: string, locale?: string): string | undefined {
  const upper = text.trim().toUpperCase();
  return CURRENCIES.has(upper) ? upper : findCurrency(text, locale);
}
