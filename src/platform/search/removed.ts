/** Days for which an index remembers what was removed: far longer than any consumer lags. */
export const REMEMBERED_DAYS = 30;
