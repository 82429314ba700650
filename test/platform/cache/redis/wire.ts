import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut and mended, or held up, while the server itself runs on. */
export class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  #cut = false;
  #held = false;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((near) => this.#carry(near));
  }

  static async to(target: string): Promise<Wire> {
    const wire = new Wire(target);
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get url(): string {
    const url = new URL(this.#target);
    const address = this.#server.address();
    url.hostname = '127.0.0.1';
    url.port = typeof address === 'object' && address !== null ? String(address.port) : '';
    return url.href;
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  /** Connections stay, and nothing comes through any more. */
  hold(): void {
    this.#held = true;
    for (const socket of this.#sockets) socket.pause();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(near: Socket): void {
    if (this.#cut) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.#target.port), this.#target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.on('data', (bytes) => other.write(bytes));
      if (this.#held) one.pause();
    }
  }
}
