import { openKafkaLog } from '../../src/platform/log/index.js';
import { removeTopics } from '../support/kafka.js';
import { freshNamespace, servers } from '../support/servers.js';
import { describeLog } from './log.js';

describeLog('kafka', async () => {
  const options = { brokers: [servers().kafka], namespace: freshNamespace(), sessionTimeoutMs: 6000 };
  let log = await openKafkaLog(options);
  return {
    log,
    atomic: true,
    reopen: async () => {
      await log.close();
      log = await openKafkaLog(options);
      return log;
    },
    destroy: async () => {
      await log.close();
      await removeTopics(options.namespace);
    },
  };
});
