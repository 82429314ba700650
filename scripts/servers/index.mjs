import { composeSet, composeWanted } from './compose.mjs';
import { runFolder } from './places.mjs';
import { serverSet as ownSet } from './set.mjs';

export { SERVER_NAMES } from './places.mjs';

/** @type {typeof import('./index.d.mts').serverSet} */
export function serverSet(options = {}) {
  const known = { ...options, run: options.run ?? runFolder() };
  return composeWanted() ? composeSet(known) : ownSet(known);
}
