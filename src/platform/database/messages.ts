import { AssayError } from '../../errors.js';
import { readerOf } from './text-value.js';
import { valueText } from './value-text.js';
import type { WireFailure } from './wire.js';

/**
 * The part of Postgres' frontend/backend protocol that a client of one connection needs: a parameterised statement goes
 * out as Parse, Bind, Describe, Execute and Sync in one message, and its answer is read where it lies. A statement is
 * planned with its values each time: a plan for any array would take every `unnest` for a hundred rows.
 */
const MAX_PARAMETERS = 32_767;

/** The messages that run one statement with its parameters. */
export function statementMessage(text: string, params: readonly unknown[]): Uint8Array {
  // More than this many returned nothing and broke the connection in one version of the engine.
  if (params.length > MAX_PARAMETERS)
    throw new AssayError(
      'DATABASE',
      `a statement takes at most ${MAX_PARAMETERS} parameters; bind arrays and unnest them`,
    );
  const values = params.map(valueText);
  const textBytes = Buffer.byteLength(text);
  const valueBytes = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  const parse = 4 + 1 + textBytes + 1 + 2;
  const bind = 4 + 1 + 1 + 2 + 2 + valueBytes.reduce((sum, n) => sum + 4 + Math.max(n, 0), 0) + 2;
  const message = Buffer.allocUnsafeSlow(1 + parse + 1 + bind + 7 + 10 + 5);
  let at = 0;
  const code = (letter: string, length: number): void => {
    message[at] = letter.charCodeAt(0);
    at = message.writeInt32BE(length, at + 1);
  };
  const zeros = (n: number): void => {
    message.fill(0, at, at + n);
    at += n;
  };
  code('P', parse);
  zeros(1);
  at += message.write(text, at);
  zeros(3);
  code('B', bind);
  zeros(4);
  at = message.writeInt16BE(values.length, at);
  for (let i = 0; i < values.length; i++) {
    at = message.writeInt32BE(valueBytes[i] as number, at);
    const value = values[i];
    if (typeof value === 'string') at += message.write(value, at);
  }
  zeros(2);
  code('D', 6);
  message[at++] = 0x50;
  zeros(1);
  code('E', 9);
  zeros(5);
  code('S', 4);
  return message;
}

/** A statement without parameters or result rows, such as BEGIN. */
export function simpleMessage(text: string): Uint8Array {
  const message = Buffer.allocUnsafeSlow(6 + Buffer.byteLength(text));
  message[0] = 0x51;
  const at = message.writeInt32BE(message.length - 1, 1);
  message[at + message.write(text, at)] = 0;
  return message;
}

export interface Answer {
  rows: Record<string, unknown>[];
  /** What was done, such as `INSERT 0 3` or `ROLLBACK`. */
  tag: string;
  failure?: WireFailure;
}

/** Reads the backend's messages. */
export function readAnswer(message: Uint8Array): Answer {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const answer: Answer = { rows: [], tag: '' };
  let columns: Column[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    const body = at + 5;
    switch (bytes[at]) {
      case 0x44: // D, a row
        answer.rows.push(row(bytes, body, columns));
        break;
      case 0x54: // T, the columns
        columns = describe(bytes, body);
        break;
      case 0x43: // C, done
        answer.tag = bytes.toString('latin1', body, end - 1);
        break;
      case 0x45: // E
        answer.failure ??= failure(bytes, body, end);
        break;
    }
    at = end;
  }
  return answer;
}

interface Column {
  name: string;
  read: ReturnType<typeof readerOf>;
}

function describe(bytes: Buffer, at: number): Column[] {
  const columns: Column[] = [];
  const count = bytes.readInt16BE(at);
  let place = at + 2;
  for (let i = 0; i < count; i++) {
    const nameEnd = bytes.indexOf(0, place);
    columns.push({ name: bytes.toString('utf8', place, nameEnd), read: readerOf(bytes.readInt32BE(nameEnd + 7)) });
    place = nameEnd + 19;
  }
  return columns;
}

function row(bytes: Buffer, body: number, columns: readonly Column[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  let at = body + 2;
  for (let i = 0; i < columns.length; i++) {
    const { name, read } = columns[i] as Column;
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) {
      values[name] = null;
    } else {
      values[name] = read(bytes, at, at + length);
      at += length;
    }
  }
  return values;
}

const FIELDS: Record<string, keyof WireFailure> = {
  M: 'message',
  C: 'sqlstate',
  D: 'detail',
  H: 'hint',
  t: 'table',
  c: 'column',
  n: 'constraint',
  W: 'where',
};

function failure(bytes: Buffer, body: number, end: number): WireFailure {
  const found: WireFailure = { message: 'the statement failed' };
  for (let at = body; at < end && bytes[at] !== 0; ) {
    const stop = bytes.indexOf(0, at + 1);
    const field = FIELDS[String.fromCharCode(bytes[at] as number)];
    if (field !== undefined) found[field] = bytes.toString('utf8', at + 1, stop);
    at = stop + 1;
  }
  return found;
}
