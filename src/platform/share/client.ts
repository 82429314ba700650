import { connect, type Socket } from 'node:net';
import { AssayError, ERRORS, type ErrorCode } from '../../errors.js';
import type { CallName, Calls, ReplyFrame } from './calls.js';
import { onFrame, sendFrame } from './frames.js';

/** A connection to the process that holds the data directory. */
export class ShareClient {
  readonly #socket: Socket;
  readonly #pending = new Map<number, { resolve: (answer: unknown) => void; reject: (error: unknown) => void }>();
  #last = 0;
  #over: AssayError | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    onFrame(socket, (frame) => this.#received(frame as ReplyFrame));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#over ??= new AssayError('NOT_READY', 'the process that holds the data directory has closed the connection');
      for (const { reject } of this.#pending.values()) reject(this.#over);
      this.#pending.clear();
    });
    socket.unref();
  }

  call<N extends CallName>(name: N, ...parameters: Calls[N]['parameters']): Promise<Calls[N]['answer']> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#pending.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      // An idle connection does not keep its process alive.
      this.#socket.ref();
      sendFrame(this.#socket, { id, name, parameters });
    });
  }

  close(): Promise<void> {
    this.#over ??= new AssayError('NOT_READY', 'the connection is closed');
    return new Promise((resolve) => {
      if (this.#socket.destroyed) resolve();
      else this.#socket.once('close', () => resolve()).destroy();
    });
  }

  #received({ id, answer, error }: ReplyFrame): void {
    const waiting = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#socket.unref();
    if (error === undefined) waiting?.resolve(answer);
    else {
      const code: ErrorCode = error.code in ERRORS ? (error.code as ErrorCode) : 'INTERNAL';
      waiting?.reject(new AssayError(code, error.message, { details: error.details }));
    }
  }
}

/** Undefined when nobody answers there. */
export function connectTo(path: string): Promise<ShareClient | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(new ShareClient(socket));
    });
  });
}

/** Whether a process answers at the socket. */
export async function answersAt(path: string): Promise<boolean> {
  const client = await connectTo(path);
  await client?.close();
  return client !== undefined;
}
