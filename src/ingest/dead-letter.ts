import type { DeadLetter } from '../records.js';
import { keyText } from '../records.js';
import type { Fault } from './connector.js';
import { printable } from './formats/text.js';

/** Characters of an original that a dead letter holds: an original past every limit is shown by its beginning. */
const MAX_ORIGINAL = 16_777_216;

/** The dead letter of a fault, as a message. Without an id the place it came from tells it apart. */
export function deadLetterMessage(
  source: string,
  id: string,
  { fault }: Fault,
  now: Date,
): { key: string; value: string } {
  const original = printable(fault.original);
  const letter: DeadLetter = {
    source,
    id,
    step: 'ingest',
    code: fault.code,
    reason: printable(fault.reason),
    origin: printable(fault.origin),
    original: original.length > MAX_ORIGINAL ? original.slice(0, MAX_ORIGINAL) : original,
    mapping: '',
    at: now.toISOString(),
  };
  return { key: keyText(source, id === '' ? `@${letter.origin}` : id), value: JSON.stringify(letter) };
}
