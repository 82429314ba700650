import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { messageOf } from '../../../errors.js';

/** Lowest and highest version of every kind of request that a broker takes, by its number. */
export type Apis = ReadonlyMap<number, { min: number; max: number }>;

/** What listens at an address, without logging in. */
export type Listener =
  | { kind: 'kafka'; apis: Apis }
  | { kind: 'none' | 'other' | 'tls' | 'no-tls' | 'certificate'; message: string };

/** ApiVersions, version 0: every broker answers it, whoever asks. */
const QUESTION = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, 0xff, 0xff]);
const ANSWER_MS = 2000;
const ALERT = 0x15;
const CERTIFICATE = /CERT|SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY|ALTNAME/;

export async function probe(host: string, port: number, tls: boolean, ms: number): Promise<Listener> {
  const found = await ask(host, port, tls, ms);
  if (found.kind !== 'other') return found;
  // Which side is without TLS shows when it is tried the other way.
  const otherwise = await ask(host, port, !tls, ms);
  if (otherwise.kind !== 'kafka' && otherwise.kind !== 'certificate') return found;
  return tls
    ? { kind: 'no-tls', message: 'the listener does not speak TLS' }
    : { kind: 'tls', message: 'the listener wants TLS' };
}

function ask(host: string, port: number, tls: boolean, ms: number): Promise<Listener> {
  return new Promise((resolve) => {
    let connected = false;
    const chunks: Buffer[] = [];
    const asked = (): void => {
      socket.setTimeout(ANSWER_MS);
      socket.write(QUESTION);
    };
    const socket: Socket = tls
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) }, asked)
      : connectTcp({ host, port }, asked);
    const done = (listener: Listener): void => {
      socket.destroy();
      resolve(listener);
    };
    const strange = (how: string): Listener =>
      connected
        ? { kind: 'other', message: `something that is no Kafka broker ${how}` }
        : { kind: 'none', message: how };
    socket.setTimeout(ms, () => done(strange(connected ? 'does not answer' : `no connection within ${ms} ms`)));
    socket.on('connect', () => {
      connected = true;
    });
    socket.on('data', (bytes: Buffer) => {
      chunks.push(bytes);
      const answer = Buffer.concat(chunks);
      if (answer.length >= 8 && answer.readInt32BE(4) === 7) {
        if (answer.length >= 4 + answer.readInt32BE(0)) done({ kind: 'kafka', apis: apisOf(answer) });
      } else if (answer.length >= 8 || answer[0] === ALERT) done(strange('answers in another protocol'));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (connected && CERTIFICATE.test(error.code ?? '')) done({ kind: 'certificate', message: messageOf(error) });
      else done(strange(connected ? 'cuts the connection' : told(error)));
    });
    socket.on('end', () => done(strange('cuts the connection')));
  });
}

/** Length, correlation id, error code, then number, lowest and highest version of each kind. */
function apisOf(answer: Buffer): Apis {
  const apis = new Map<number, { min: number; max: number }>();
  const count = answer.readInt32BE(10);
  for (let i = 0, at = 14; i < count && at + 6 <= answer.length; i++, at += 6)
    apis.set(answer.readInt16BE(at), { min: answer.readInt16BE(at + 2), max: answer.readInt16BE(at + 4) });
  return apis;
}

/** With several addresses of a name, the error of the first. */
function told(error: Error): string {
  return error instanceof AggregateError && error.message === '' ? messageOf(error.errors[0]) : error.message;
}
