export { collectReport, type ReportOptions } from './collect.js';
export { EXPORTS, type ExportFormat, type ExportName, exportText } from './exports.js';
export {
  dropLetters,
  type Letter,
  type LetterFilter,
  type LetterRow,
  type LetterStatus,
  listLetters,
  type RetryResult,
  retryLetters,
  STATUSES,
  showLetter,
} from './letters.js';
export { renderCsv } from './render/csv.js';
export { csvLine } from './render/csv-line.js';
export { renderHtml } from './render/html/page.js';
export { type Look, lookOf, printable, table } from './render/table.js';
export { renderTerminal } from './render/terminal.js';
export type * from './types.js';
