import { connect } from 'node:net';
import { messageOf } from '../../../errors.js';

/** What listens at an address, without logging in. */
export type Listener = { kind: 'postgres' } | { kind: 'other' | 'none'; message: string };

/** Asks whether TLS is spoken: a message of eight bytes, which Postgres answers with one byte, S or N. */
const QUESTION = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** A server that took the connection has this long to answer. */
const ANSWER_MS = 2000;

export function probe(host: string, port: number, ms: number): Promise<Listener> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let connected = false;
    const done = (listener: Listener): void => {
      socket.destroy();
      resolve(listener);
    };
    const silent = (how: string): Listener =>
      connected ? { kind: 'other', message: `something that is no Postgres ${how}` } : { kind: 'none', message: how };
    socket.setTimeout(ms, () => done(silent(connected ? 'does not answer' : `no connection within ${ms} ms`)));
    socket.on('connect', () => {
      connected = true;
      socket.setTimeout(ANSWER_MS);
      socket.write(QUESTION);
    });
    socket.on('data', (bytes) =>
      done(
        bytes.length === 1 && (bytes[0] === 0x53 || bytes[0] === 0x4e)
          ? { kind: 'postgres' }
          : silent('answers in another protocol'),
      ),
    );
    socket.on('error', (error) => done(silent(connected ? 'cuts the connection' : told(error))));
    socket.on('end', () => done(silent('cuts the connection')));
  });
}

/** With several addresses of a name, the error of the first. */
function told(error: Error): string {
  return error instanceof AggregateError && error.message === '' ? messageOf(error.errors[0]) : error.message;
}
