import { AssayError } from '../errors.js';
import { harmonizer } from '../harmonize/index.js';
import { type RunContext, TOPICS } from './context.js';
import { parking } from './parking.js';

/**
 * Maps what is new in the raw topic. Output and offset become visible together (server log) or output first (files): a
 * repeat has the same version and content, and is dropped when it is applied.
 */
export async function harmonizeRaw(run: RunContext): Promise<void> {
  const { counters, signal } = run;
  const map = harmonizer(run.config);
  let done = 0;
  await run.platform.log.consume(
    { topic: TOPICS.raw, group: 'harmonize', maxMessages: 2000, untilEnd: !run.follow, signal },
    parking(
      async (batch, outbox) => {
        const result = map(batch.messages);
        if (result.stop !== undefined) throw new AssayError('CONTRACT_VIOLATED', result.stop.message);
        for (const { source, outcome, count } of result.counts) counters.add('harmonize', source, outcome, count);
        for (const notice of result.notices) run.notices.add(notice);
        outbox.append(TOPICS.canonical, result.canonical);
        outbox.append(TOPICS.deadLetter, result.deadLetters);
        done += batch.messages.length;
        run.progress('harmonize', done);
      },
      { step: 'harmonize', counters, signal },
    ),
  );
}
