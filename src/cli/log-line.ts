const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/**
 * A JSON log line as a person reads it on a terminal, over the progress line that may stand there:
 * `12:03:44 warn  the source answered 503 source=shop_api`
 */
export function readableLine(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toISOString().slice(11, 19);
  const reason = (err as { message?: string } | undefined)?.message;
  const fields = Object.entries(rest).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const text = [msg, reason].filter((part) => part !== undefined).join(': ');
  return `\r\u001b[K${clock} ${(LEVELS[Number(level)] ?? '').padEnd(5)} ${text}${fields.join('')}\n`;
}
