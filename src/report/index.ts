export { collectReport, type ReportOptions } from './collect.js';
export { csvReport } from './render/csv.js';
export { csvLine } from './render/csv-line.js';
export { htmlReport } from './render/html/page.js';
export { type Look, lookOf, printable, table } from './render/table.js';
export { terminalReport } from './render/terminal.js';
export type * from './types.js';
