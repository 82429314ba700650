import { AssayError } from '../../errors.js';
import { isWellFormed } from './well-formed.js';

/** @throws AssayError SCHEMA_INVALID for a name that an address or the database cannot hold. */
export function checkSubject(subject: string): void {
  if (!/^\P{Cc}{1,255}$/u.test(subject) || !isWellFormed(subject) || subject === '.' || subject === '..')
    throw new AssayError(
      'SCHEMA_INVALID',
      `${JSON.stringify(subject)} cannot be a subject: 1 to 255 printable characters, not "." or ".."`,
    );
}

/** The error of a schema that a subject does not take. */
export function incompatible(subject: string, reasons: readonly string[]): AssayError {
  return new AssayError('SCHEMA_INCOMPATIBLE', `subject "${subject}": ${reasons.join('; ')}`, {
    details: { subject, reasons },
  });
}
