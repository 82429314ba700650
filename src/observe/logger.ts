import { type Logger, pino } from 'pino';

export interface LoggerOptions {
  level?: string;
  /** Where lines go: a stream, by default standard error, so that results on standard output stay clean. */
  destination?: { write(line: string): void };
  /** Takes secrets out of a finished line. */
  redact?: (line: string) => string;
}

/** Fields whose values are never written, at the top and one level down. */
const SECRET_FIELDS = ['password', 'secret', 'token', 'authorization', 'cookie', 'api_key', 'apiKey', 'access_key'];

/** Secrets inside addresses and header lines that reach the log as text. */
const IN_TEXT: [RegExp, string][] = [
  [/(\w+:\/\/[^\s:/@"]*:)[^\s@"]+@/g, '$1***@'],
  [/((?:bearer|basic)\s+)[\w+/=.~-]{6,}/gi, '$1***'],
  [/([?&](?:api_?key|token|access_token|password|secret|sig|signature)=)[^&\s"]+/gi, '$1***'],
];

/** A logger of JSON lines in which no secret is written. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const destination = options.destination ?? pino.destination({ dest: 2, sync: true });
  const redact = options.redact ?? ((line: string) => line);
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '***' },
    },
    { write: (line: string) => destination.write(redact(hideSecrets(line))) },
  );
}

/** The text with passwords of addresses, bearer tokens and key parameters replaced. */
export function hideSecrets(text: string): string {
  return IN_TEXT.reduce((clean, [pattern, to]) => clean.replace(pattern, to), text);
}
