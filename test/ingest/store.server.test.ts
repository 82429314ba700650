/** Pulling with its state in a server, by the suites that run over an embedded store. */
import { useStores } from '../support/store.js';

useStores('postgres');
await import('./pull.test.js');
await import('./state.test.js');
await import('./where.test.js');
await import('./malformed.test.js');
