/**
 * What happened to single fields while a record was mapped, as counter outcomes: `invalid:price`, `truncated:title`,
 * `fallback:title`. The record goes on without the field.
 */
export type Notes = string[];
