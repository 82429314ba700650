/** Migrations on a server, by the suite that runs over an embedded database. */
import { useStores } from '../../../support/store.js';

useStores('postgres');
await import('../migrations.test.js');
