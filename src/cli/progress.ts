import type { CommandIo } from './io.js';

export interface Progress {
  /** `count` of the step's work is done, of `total` where that is known. Another name begins another step. */
  step(name: string, count: number, total?: number): void;
  /** Takes the line away: results follow. */
  done(): void;
}

const INTERVAL_MS = 100;
/** Before, a rate says more about the start than about the work. */
const SETTLED_S = 0.2;

/** A line on stderr that tells how far a long piece of work is; nothing where stderr is not a terminal. */
export function progress(io: CommandIo): Progress {
  if (!(io.stderr as { isTTY?: boolean }).isTTY) return { step: () => {}, done: () => {} };
  let current = '';
  let started = 0;
  let drawn = 0;
  return {
    step(name, count, total) {
      const now = performance.now();
      if (name !== current) {
        current = name;
        started = now;
      } else if (now - drawn < INTERVAL_MS) return;
      drawn = now;
      io.stderr.write(`\r\u001b[K${progressText(name, count, total, (now - started) / 1000)}`);
    },
    done() {
      if (current !== '') io.stderr.write('\r\u001b[K');
      current = '';
    },
  };
}

/** `harmonize 12,000 of 50,000 (24%) · 8,000/s · 5.0s left` */
export function progressText(name: string, count: number, total: number | undefined, seconds: number): string {
  const number = (n: number) => Math.round(n).toLocaleString('en');
  const parts = [`${name} ${number(count)}`];
  if (total !== undefined)
    parts[0] += ` of ${number(total)} (${total === 0 ? 100 : Math.min(100, Math.floor((100 * count) / total))}%)`;
  const rate = seconds > SETTLED_S ? count / seconds : 0;
  if (rate > 0) parts.push(`${number(rate)}/s`);
  if (rate > 0 && total !== undefined) parts.push(`${spanText(Math.max(0, total - count) / rate)} left`);
  return parts.join(' · ');
}

function spanText(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}m ${Math.round(seconds % 60)}s` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
