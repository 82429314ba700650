import type { CommandIo } from './io.js';

/** One line on stderr for the step under way, where stderr is a terminal. */
export function stepProgress(io: CommandIo): {
  step: (name: string, done: number, total?: number) => void;
  done: () => void;
} {
  const stream = io.stderr as NodeJS.WriteStream;
  if (!stream.isTTY) return { step: () => undefined, done: () => undefined };
  let last = 0;
  let started = performance.now();
  let current = '';
  return {
    step(name, count, total) {
      const now = performance.now();
      if (name !== current) {
        current = name;
        started = now;
      } else if (now - last < 100) return;
      last = now;
      const seconds = (now - started) / 1000;
      const rate = seconds > 0.2 ? `, ${Math.round(count / seconds)}/s` : '';
      const left =
        total !== undefined && seconds > 1 && count > 0
          ? `, ${Math.round((seconds / count) * (total - count))} s left`
          : '';
      stream.write(`\r\u001b[K${name}: ${count}${total === undefined ? '' : ` of ${total}`}${rate}${left}`);
    },
    done() {
      stream.write('\r\u001b[K');
    },
  };
}
