import type { ShareClient } from '../share/index.js';
import type { Database } from './port.js';
import { WireDatabase } from './wire-database.js';

/** The database of the process that holds the data directory. Closing it closes only this client. */
export function openRemoteDatabase(client: ShareClient): Database {
  return new WireDatabase({
    request: (request) => client.call('database', request),
    close: async () => {
      await client.call('database', { op: 'drop' });
    },
  });
}
