import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

/** Of what is said on the socket. A process that speaks another one is told so and not let in. */
export const PROTOCOL = 1;

/** Sends a value as a frame: u32 length, then the value as V8 serializes it. Bigints, dates and bytes arrive as they are. */
export function sendFrame(socket: Socket, value: unknown): void {
  if (socket.destroyed) return;
  const body = serialize(value);
  const head = Buffer.allocUnsafe(4);
  head.writeUInt32LE(body.length);
  socket.cork();
  socket.write(head);
  socket.write(body);
  socket.uncork();
}

/** Calls back with every value that arrives. */
export function onFrame(socket: Socket, received: (value: unknown) => void): void {
  let parts: Buffer[] = [];
  let size = 0;
  socket.on('data', (part) => {
    parts.push(part);
    size += part.length;
    while (size >= 4) {
      if ((parts[0] as Buffer).length < 4) parts = [Buffer.concat(parts)];
      const wanted = 4 + (parts[0] as Buffer).readUInt32LE(0);
      if (size < wanted) return;
      const all = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
      // A copy: what is read may keep views of it, and may be handed to another thread.
      const body = Buffer.allocUnsafeSlow(wanted - 4);
      all.copy(body, 0, 4, wanted);
      parts = size === wanted ? [] : [all.subarray(wanted)];
      size -= wanted;
      received(deserialize(body));
    }
  });
}
