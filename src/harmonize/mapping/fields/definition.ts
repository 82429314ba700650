import type { Draft } from '../draft.js';
import type { Evaluate } from '../expression.js';
import type { Notes } from '../notes.js';
import type { Position, Problems } from '../problems.js';

/** Sets one field of the draft from a record. Never throws: what cannot be read is noted and left out. */
export type Setter = (data: unknown, draft: Draft, notes: Notes) => void;

/** What a mapping says for all its fields. */
export interface FieldContext {
  locale: string | undefined;
  /** ISO 4217 code where prices name none. */
  currency: string | undefined;
  problems: Problems;
}

/** One target field of the mapping language. */
export interface FieldDefinition {
  name: string;
  summary: string;
  /** The field holds several values: a list of paths means all of them. */
  many: boolean;
  /** Keys beside those of every expression. */
  options?: readonly string[];
  compile(evaluate: Evaluate, context: FieldContext, options: Record<string, unknown>, at: Position): Setter;
}
