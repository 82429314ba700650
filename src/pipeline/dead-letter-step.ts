import { storeDeadLetters } from '../dead-letters.js';
import type { DeadLetter } from '../records.js';
import { type RunContext, TOPICS } from './context.js';

/** Brings new dead letters from the log into the store, where people look for them. Repeats land on the same row. */
export async function storeNewDeadLetters({ platform, follow, signal }: RunContext): Promise<void> {
  await platform.log.consume(
    { topic: TOPICS.deadLetter, group: 'dead-letters', maxMessages: 500, untilEnd: !follow, signal },
    async (batch) => {
      const letters = batch.messages.flatMap(({ value, fault }) =>
        value === null || fault !== undefined ? [] : [JSON.parse(value) as DeadLetter],
      );
      await platform.database.transaction((tx) => storeDeadLetters(tx, letters));
    },
  );
}
