import type { CommandIo } from './io.js';

export interface Progress {
  /** `n` more are done. */
  tick(n?: number): void;
  /** Closes the line with the final figures. */
  done(): void;
}

const INTERVAL_MS = 100;

/** A line on stderr that tells how far a long piece of work is; nothing where stderr is not a terminal. */
export function progress(io: CommandIo, label: string, total?: number): Progress {
  if (!(io.stderr as { isTTY?: boolean }).isTTY) return { tick: () => {}, done: () => {} };
  const started = performance.now();
  let count = 0;
  let drawn = 0;
  const draw = (ended: boolean) => {
    const seconds = (performance.now() - started) / 1000;
    io.stderr.write(`\r\u001b[K${progressText(label, count, total, seconds, ended)}${ended ? '\n' : ''}`);
  };
  return {
    tick(n = 1) {
      count += n;
      if (performance.now() - drawn < INTERVAL_MS) return;
      drawn = performance.now();
      draw(false);
    },
    done: () => draw(true),
  };
}

/** `harmonize 12,000 of 50,000 (24%) · 8,000/s · 5s left` */
export function progressText(
  label: string,
  count: number,
  total: number | undefined,
  seconds: number,
  ended: boolean,
): string {
  const number = (n: number) => Math.round(n).toLocaleString('en');
  const rate = seconds > 0 ? count / seconds : 0;
  const parts = [`${label} ${number(count)}`];
  if (total !== undefined && !ended) {
    parts[0] += ` of ${number(total)} (${total === 0 ? 100 : Math.min(100, Math.floor((100 * count) / total))}%)`;
  }
  if (rate > 0) parts.push(`${number(rate)}/s`);
  if (ended) parts.push(`${spanText(seconds)}`);
  else if (total !== undefined && rate > 0) parts.push(`${spanText(Math.max(0, total - count) / rate)} left`);
  return parts.join(' · ');
}

function spanText(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}m ${Math.round(seconds % 60)}s` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
