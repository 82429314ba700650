import { AssayError } from '../../errors.js';

/** Where in a mapping: keys and list positions from its top. */
export type Position = readonly (string | number)[];

/** One mistake in a mapping. */
export interface MappingProblem {
  path: Position;
  message: string;
}

/** Collects every mistake of a mapping, so that all are shown at once. */
export class Problems {
  readonly list: MappingProblem[] = [];

  add(path: Position, message: string): void {
    this.list.push({ path, message });
  }

  /** @throws AssayError CONFIG_INVALID that lists every mistake with its place. */
  throwIfAny(subject: string): void {
    if (this.list.length === 0) return;
    const lines = this.list.map(({ path, message }) => `  ${['mapping', ...path].join('.')}: ${message}`);
    throw new AssayError('CONFIG_INVALID', `the mapping of ${subject} is not valid\n${lines.join('\n')}`, {
      details: { problems: this.list },
    });
  }
}
