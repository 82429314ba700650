const ISO =
  /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const NUMERIC = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?$/;
const EPOCH = /^\d{9,10}(?:\.\d+)?$|^\d{12,13}$/;
const NAMED =
  /(?:(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+de)?[\s-]+)?([\p{L}]{3,})\.?,?(?:\s+de)?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})/iu;
const TIME = /\b(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|GMT|UTC|[+-]\d{4})?/i;

/** First letters that tell the months apart, in English, German, French, Spanish, Italian, Dutch, Russian and Hebrew. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|janv|ene|gen|янв|ינו)/,
  /^(?:feb|fev|fév|фев|פבר)/,
  /^(?:mar(?!zo.)|mär|mrz|maa|мар|מרץ|מרס)/,
  /^(?:apr|avr|abr|апр|אפר)/,
  /^(?:may|mai|mag|mei|май|мая|מאי)/,
  /^(?:jun|juin|giu|июн|יונ)/,
  /^(?:jul|juil|lug|июл|יול)/,
  /^(?:aug|aou|aoû|ago|авг|אוג)/,
  /^(?:sep|set|сен|ספט)/,
  /^(?:oct|okt|ott|окт|אוק)/,
  /^(?:nov|ноя|נוב)/,
  /^(?:dec|dez|déc|dic|дек|דצמ)/,
];

/** `Date.UTC` of parts that name a real moment, as ISO 8601; undefined for 31 February and the like. */
function build(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): string | undefined {
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || hour > 24 || minute > 59 || second > 60)
    return undefined;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms)).toISOString();
}

function shift(iso: string | undefined, zone: string | undefined): string | undefined {
  const match = zone === undefined || iso === undefined ? null : /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null || iso === undefined) return iso;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  const shifted = new Date(Date.parse(iso) - (match[1] === '-' ? -minutes : minutes) * 60_000);
  return shifted.getUTCFullYear() > 9999 ? undefined : shifted.toISOString();
}

function fromNumeric(match: RegExpExecArray, locale: string): string | undefined {
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const pm = match[7]?.toLowerCase();
  let hour = Number(match[4] ?? 0);
  if (pm !== undefined) hour = (hour % 12) + (pm === 'pm' ? 12 : 0);
  const time = [hour, Number(match[5] ?? 0), Number(match[6] ?? 0)] as const;
  if (match[1]!.length === 4) return build(first, second, third, ...time);
  if (match[1]!.length === 3 || match[3]!.length === 3 || match[3]!.length === 1) return undefined;
  const year = match[3]!.length === 2 ? third + (third < 70 ? 2000 : 1900) : third;
  // Only a value over 12 says by itself which is the day; else the United States put the month first.
  const monthFirst = second > 12 || (first <= 12 && /^en[-_]us$/i.test(locale));
  return monthFirst ? build(year, first, second, ...time) : build(year, second, first, ...time);
}

function fromNamed(text: string): string | undefined {
  const match = NAMED.exec(text);
  if (match === null) return undefined;
  const name = match[2]!.toLowerCase();
  const month = MONTHS.findIndex((words) => words.test(name)) + 1;
  if (month === 0) return undefined;
  const time = TIME.exec(text);
  const day = Number(match[1] ?? match[3] ?? 1);
  const iso = build(
    Number(match[4]),
    month,
    day,
    Number(time?.[1] ?? 0),
    Number(time?.[2] ?? 0),
    Number(time?.[3] ?? 0),
  );
  return shift(iso, time?.[4]);
}

/**
 * ISO 8601 in UTC of a date as feeds write it: ISO and its parts, "31.12.2024 18:30", "12/31/24", "20241231", "12 March 2024", "Mar 12, 2024",
 * RFC 2822, seconds or milliseconds since 1970, a year alone (its first day). Without a zone the time is taken as UTC, so that the answer
 * never depends on the machine. "03/04/2024" is the third of April, unless the locale is en-US. Undefined when it is no date.
 */
export function parseDate(text: string, locale = ''): string | undefined {
  const raw = text.trim();
  if (raw.length < 4 || raw.length > 64) return undefined;
  const iso = ISO.exec(raw);
  if (iso !== null) {
    const ms = Number((iso[7] ?? '').slice(0, 3).padEnd(3, '0'));
    const moment = build(
      Number(iso[1]),
      Number(iso[2]),
      Number(iso[3] ?? 1),
      Number(iso[4] ?? 0),
      Number(iso[5] ?? 0),
      Number(iso[6] ?? 0),
      ms,
    );
    return shift(moment, iso[8]);
  }
  if (/^\d{4}$/.test(raw)) return build(Number(raw), 1, 1);
  const numeric = NUMERIC.exec(raw);
  if (numeric !== null) return fromNumeric(numeric, locale);
  const compact = COMPACT.exec(raw);
  if (compact !== null) {
    const [year, month, day, hour, minute, second] = compact.slice(1).map((part) => Number(part ?? 0));
    const moment = build(year!, month!, day!, hour, minute, second);
    if (moment !== undefined) return moment;
  }
  if (EPOCH.test(raw)) {
    const seconds = raw.includes('.') || raw.length <= 10;
    return new Date(Math.round(Number(raw) * (seconds ? 1000 : 1))).toISOString();
  }
  return fromNamed(raw);
}
