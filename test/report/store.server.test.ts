/** Figures and exports over a store in a server, by the suites that run over an embedded one. */
import { useStores } from '../support/store.js';

useStores('postgres');
await import('./collect.test.js');
await import('./exports.test.js');
await import('./letters.test.js');
