import { connect } from 'node:net';

/**
 * Sends bytes to a port of 127.0.0.1 and gives back what comes, until it is enough; undefined when nobody answers in time.
 * @param {number} port
 * @param {Buffer} question
 * @param {(answer: Buffer) => boolean} enough
 * @param {number} [milliseconds]
 * @returns {Promise<Buffer | undefined>}
 */
export function ask(port, question, enough, milliseconds = 5000) {
  return new Promise((resolve) => {
    let answer = Buffer.alloc(0);
    const socket = connect({ port, host: '127.0.0.1' });
    /** @param {Buffer} [result] */
    const finish = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(milliseconds, () => finish());
    socket.on('error', () => finish());
    socket.on('close', () => finish());
    socket.on('connect', () => socket.write(question));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (enough(answer)) finish(answer);
    });
  });
}
