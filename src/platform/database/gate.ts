/** Lets one holder in at a time, in the order they asked. */
export class Gate {
  holder: string | undefined;
  #waiting: { name: string; client: number; enter: (admitted: boolean) => void }[] = [];

  /** Resolves true when it is this holder's turn, false when its client was dropped before. */
  enter(name: string, client: number): Promise<boolean> {
    if (this.holder === undefined) {
      this.holder = name;
      return Promise.resolve(true);
    }
    return new Promise((enter) => this.#waiting.push({ name, client, enter }));
  }

  leave(): void {
    const next = this.#waiting.shift();
    this.holder = next?.name;
    next?.enter(true);
  }

  /** Turns away everyone of a client who still waits. */
  drop(client: number): void {
    const dropped = this.#waiting.filter((waiter) => waiter.client === client);
    this.#waiting = this.#waiting.filter((waiter) => waiter.client !== client);
    for (const waiter of dropped) waiter.enter(false);
  }
}
