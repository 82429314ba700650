/** The API over a store in a server, by the suites that run over an embedded one. */
import { useStores } from '../support/store.js';

useStores('postgres');
await import('./app.test.js');
await import('./products.test.js');
await import('./similar.test.js');
await import('./lookups.test.js');
