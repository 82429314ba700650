import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError } from '../../../errors.js';
import { isUnavailable } from '../../guard.js';
import { isRetryable } from '../failure.js';

/** The connection was lost before COMMIT was sent, so that nothing of the transaction is left. */
export class NothingDone extends AssayError {}

const CONFLICTS = 8;
const CONFLICT_MS = 20;
/** With these pauses a transaction waits about eight seconds for a server that starts again. */
const OUTAGES = 6;
const OUTAGE_MS = 250;
/** A server that neither answers nor refuses is not waited for any longer. */
const PATIENCE_MS = 20_000;

/** Runs attempts of a transaction until one is through, or fails for a reason that the next would fail for too. */
export async function repeat<T>(attempt: () => Promise<T>, restarted: () => void): Promise<T> {
  const start = performance.now();
  for (let conflicts = 0, outages = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      let pause: number;
      if (conflict(error)) {
        if (++conflicts === CONFLICTS) throw error;
        pause = CONFLICT_MS * 2 ** (conflicts - 1);
      } else if (error instanceof NothingDone) {
        if (++outages === OUTAGES || performance.now() - start > PATIENCE_MS) throw error;
        pause = OUTAGE_MS * 2 ** (outages - 1);
      } else throw error;
      restarted();
      await sleep(pause * (0.5 + Math.random() / 2));
    }
  }
}

/** A transaction whose BEGIN found no server. */
export function nothingDone(error: unknown): unknown {
  if (!isUnavailable(error)) return error;
  const { code, message, cause, details } = error as AssayError;
  return new NothingDone(code, message, { cause, details });
}

/** Also where the transaction's function has told the failure in its own words. */
function conflict(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (isRetryable(at)) return true;
  return false;
}
