import pg from 'pg';
import { Guard } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import { type Address, addressOf } from './address.js';
import { connectionError, Outage } from './outage.js';
import { Session } from './session.js';
import { clientConfig } from './session-settings.js';
import { Slots } from './slots.js';

export interface ConnectionOptions {
  url: string;
  poolSize: number;
  statementTimeoutMs: number;
  logger?: PlatformLogger | undefined;
}

/** What the server's own limit is given to answer by. */
const GRACE_MS = 10_000;
const NO_LIMIT = 2 ** 31 - 1;

/** A pooled connection and the place in the pool. `release` gives both back, once. */
export interface Lease {
  session: Session;
  release(): void;
}

/**
 * The pool, and connections beside it for those who keep one for long. Waiting for a place in the pool is no outage and has
 * no limit: statements have one, so places come free.
 */
export class Connections {
  readonly address: Address;
  readonly guard: Guard;
  readonly answerMs: number;
  readonly #config: pg.ClientConfig;
  readonly #pool: pg.Pool;
  readonly #slots: Slots;
  readonly #sessions = new WeakMap<pg.Client, Session>();

  constructor({ url, poolSize, statementTimeoutMs, logger }: ConnectionOptions) {
    this.address = addressOf(url);
    this.answerMs = statementTimeoutMs === 0 ? NO_LIMIT : statementTimeoutMs + GRACE_MS;
    this.#config = clientConfig(url, statementTimeoutMs);
    this.#slots = new Slots(poolSize);
    this.guard = new Guard({
      name: 'postgres',
      timeoutMs: this.answerMs,
      isOutage: (error) => error instanceof Outage,
    });
    this.#pool = new pg.Pool({ ...this.#config, max: poolSize, idleTimeoutMillis: 60_000, allowExitOnIdle: true });
    this.#pool.on('connect', (client) => this.#sessions.set(client as pg.Client, new Session(client as pg.Client)));
    // The pool drops it by itself, and the next use makes another.
    this.#pool.on('error', (error) =>
      logger?.warn({ server: 'postgres', at: this.address.shown, error: error.message }, 'an idle connection was lost'),
    );
  }

  /** A statement of its own. `repeatable`: it may be sent again when nothing is known of the first time. */
  async use<T>(work: (session: Session) => Promise<T>, repeatable: boolean): Promise<T> {
    let sent = false;
    const { result, lease } = await this.#lease(
      async (session) => {
        sent = true;
        return work(session);
      },
      () => repeatable || !sent,
    );
    lease.release();
    return result;
  }

  /** A connection of the pool on which a transaction has begun. */
  async begin(): Promise<Lease> {
    const { lease } = await this.#lease((session) => session.run('begin'));
    return lease;
  }

  /** A connection beside the pool; whoever asked for it ends it. */
  open<T>(first: (session: Session) => Promise<T>): Promise<{ session: Session; result: T }> {
    return this.guard.run(async (signal) => {
      const session = new Session(new pg.Client(this.#config));
      signal.addEventListener('abort', () => session.destroy(TOO_LATE));
      try {
        await session.client.connect().catch((error) => {
          throw connectionError(error, this.address);
        });
        return { session, result: await first(session) };
      } catch (error) {
        await session.client.end().catch(() => {});
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #lease<T>(
    first: (session: Session) => Promise<T>,
    again?: () => boolean,
  ): Promise<{ result: T; lease: Lease }> {
    await this.#slots.enter();
    try {
      return await this.guard.run(
        async (signal) => {
          const lease = await this.#connect();
          signal.addEventListener('abort', () => lease.session.destroy(TOO_LATE));
          try {
            return { result: await first(lease.session), lease };
          } catch (error) {
            lease.giveBack();
            throw error;
          }
        },
        again === undefined ? {} : { again },
      );
    } catch (error) {
      this.#slots.leave();
      throw error;
    }
  }

  /** Never waits: there are as many places as the pool has. */
  async #connect(): Promise<Lease & { giveBack(): void }> {
    const client = await this.#pool.connect().catch((error) => {
      throw connectionError(error, this.address);
    });
    const session = this.#sessions.get(client as unknown as pg.Client) as Session;
    const giveBack = (): void => client.release(session.lost !== undefined);
    return {
      session,
      giveBack,
      release: () => {
        giveBack();
        this.#slots.leave();
      },
    };
  }
}

const TOO_LATE = 'no answer in time';
