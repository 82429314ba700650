export { SERVER_NAMES } from './places.mjs';
export { serverSet } from './set.mjs';
