/** Whether text has no half surrogate pairs: UTF-8 cannot hold them, and would give other text back. */
export function isWellFormed(text: string): boolean {
  // In every supported Node; the compiler's library is older.
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
