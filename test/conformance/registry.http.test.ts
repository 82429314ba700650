import type { AddressInfo } from 'node:net';
import { openDatabaseRegistry, openHttpRegistry } from '../../src/platform/registry/index.js';
import { openApp } from '../serve/open.js';
import { openStore } from '../support/store.js';
import { describeRegistry } from './registry.js';

describeRegistry('http', async () => {
  const database = await openStore();
  const served = await openApp({ registry: openDatabaseRegistry(database) });
  await served.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(served.app.server.address() as AddressInfo).port}/registry/`;
  return {
    registry: openHttpRegistry({ url }),
    second: openHttpRegistry({ url }),
    destroy: async () => {
      await served.close();
      await database.close();
    },
  };
});
