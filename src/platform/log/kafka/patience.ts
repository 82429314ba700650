import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, messageOf } from '../../../errors.js';
import { isUnavailable } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import { asAssayError, isOutage, isSetup, typeOf } from './failure.js';

const PAUSE_MS = 250;
/** Failures in a row that are neither an outage nor a fault of the setup. */
const ODD_LIMIT = 8;

export interface PatienceOptions {
  doing: string;
  /** Gives up after so long without a success; absent: never. */
  limitMs: number | undefined;
  stop: AbortSignal;
  logger: PlatformLogger | undefined;
}

/** How a consumer bears failures: outages for as long as it may, anything else a few times, faults of the setup not at all. */
export class Patience {
  readonly #options: PatienceOptions;
  #since: number | undefined;
  #odd = 0;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  succeeded(): void {
    if (this.#since === undefined) return;
    this.#options.logger?.info?.({ server: 'kafka' }, `${this.#options.doing}: kafka answers again`);
    this.#since = undefined;
    this.#odd = 0;
  }

  /** Pauses, when it is worth trying again. @throws AssayError */
  async after(error: unknown): Promise<void> {
    const { doing, limitMs, stop, logger } = this.#options;
    if (error instanceof AssayError && !isUnavailable(error)) throw error;
    if (typeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION' || isSetup(error)) throw asAssayError(error, doing);
    const now = Date.now();
    if (this.#since === undefined) {
      this.#since = now;
      logger?.warn({ server: 'kafka' }, `${doing}: kafka does not answer, waiting: ${messageOf(error)}`);
    }
    const odd = !isUnavailable(error) && !isOutage(error) && ++this.#odd > ODD_LIMIT;
    if (odd || (limitMs !== undefined && now - this.#since > limitMs)) throw asAssayError(error, doing);
    await sleep(PAUSE_MS, undefined, { signal: stop }).catch(() => {});
  }
}
