import { setTimeout as sleep } from 'node:timers/promises';
import type { Assignment, Member } from './member.js';

const LEAVE_MS = 1000;

/**
 * Keeps a member alive by time, whatever its handler does, and tells when its partitions must be given back. The session ends
 * when a handler blocks the thread for longer than it lasts: batches are bounded for that.
 */
export class Membership {
  readonly member: Member;
  readonly #everyMs: number;
  readonly #changed: () => void;
  #assignment: Assignment | undefined;
  #lost = false;
  #ended = new AbortController();

  constructor(member: Member, sessionTimeoutMs: number, changed: () => void) {
    this.member = member;
    this.#everyMs = Math.min(1000, sessionTimeoutMs / 5);
    this.#changed = changed;
  }

  /** What is owned; undefined before the first join, and once others wait for this member to join again. */
  get assignment(): Assignment | undefined {
    return this.#lost ? undefined : this.#assignment;
  }

  /** What was owned last: its generation may still be valid. */
  get latest(): Assignment {
    return this.#assignment as Assignment;
  }

  async join(): Promise<Assignment> {
    this.#ended.abort();
    this.#ended = new AbortController();
    const assignment = await this.member.join();
    this.#assignment = assignment;
    this.#lost = false;
    void this.#beat(assignment, this.#ended.signal);
    return assignment;
  }

  lose(): void {
    this.#lost = true;
    this.#changed();
  }

  /** Asks now whether the assignment still holds. */
  async confirm(): Promise<boolean> {
    const holds = await this.member.heartbeat(this.latest);
    if (!holds) this.lose();
    return holds;
  }

  async commit(partition: number, next: number): Promise<boolean> {
    const done = await this.member.commit(this.latest, partition, next);
    if (!done) this.lose();
    return done;
  }

  async leave(): Promise<void> {
    this.#ended.abort();
    await Promise.race([this.member.leave().catch(() => {}), sleep(LEAVE_MS, undefined, { ref: false })]);
  }

  async #beat(assignment: Assignment, ended: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(this.#everyMs, undefined, { signal: ended, ref: false }).catch(() => {});
      if (ended.aborted) return;
      try {
        // Goes on after a loss: a member that others wait for is not dead while its handler works.
        if (!(await this.member.heartbeat(assignment)) && !ended.aborted) this.lose();
      } catch {
        // The broker is away: reading and committing meet the same, and bear it.
      }
    }
  }
}
