/** Readers of file formats, for connectors and for the commands that read plain files. */
export { CsvReader } from './csv-reader.js';
