/** Plain CSV files as match records: what `score-pairs`, `link` and `dedupe` read and write. */
export { type CsvRow, readCsv } from './csv-file.js';
export { type CsvWriter, writeCsv } from './csv-writer.js';
export type { Column } from './infer.js';
export { loadCorpus, type TableCorpus } from './load.js';
export { COLUMNS_HELP, type Override, parseOverrides } from './override.js';
export { type Resolution, resolveCorpus } from './resolve.js';
export { describeColumns, openTables, sourceName, type Table, type TableFile } from './table.js';
