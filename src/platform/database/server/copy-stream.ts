import { from } from 'pg-copy-streams';
import { copyPortions, copyStatement } from '../copy.js';
import type { Session } from './session.js';

/** COPY … FROM STDIN in text format; the next portion is written while the server takes the last one, and not earlier. */
export async function copyRows(
  session: Session,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<number> {
  const statement = copyStatement(table, columns, 'stdin');
  let total = 0;
  await session.attempt(statement, async () => {
    const stream = session.client.query(from(statement));
    // The driver leaves writes that wait unanswered when the server refuses, so every wait is also one for the refusal.
    let answered = false;
    const refused = new Promise<never>((_, reject) => {
      stream.on('error', (error) => {
        answered = true;
        reject(error);
      });
    });
    refused.catch(() => {});
    const write = (bytes: Uint8Array) =>
      new Promise<void>((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve())));
    try {
      let before: Promise<void> = Promise.resolve();
      for (const { bytes, count } of copyPortions(table, columns, rows)) {
        await Promise.race([before, refused]);
        before = write(bytes);
        before.catch(() => {});
        total += count;
      }
      await Promise.race([before, refused]);
      await Promise.race([new Promise<void>((resolve) => stream.end(() => resolve())), refused]);
    } catch (error) {
      // The rows could not be made: the server is told, and answers before the connection takes another statement.
      if (!answered && session.lost === undefined) {
        stream.destroy(error instanceof Error ? error : new Error(String(error)));
        await refused.catch(() => {});
      }
      throw error;
    }
  });
  return total;
}
