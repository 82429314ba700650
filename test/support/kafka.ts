import kafkajs from 'kafkajs';
import { servers } from './servers.js';

/** A client that is not the log's, to look at what is really there. */
export function plainKafka(broker = servers().kafka): kafkajs.Kafka {
  return new kafkajs.Kafka({
    brokers: [broker],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 8 },
  });
}

export async function withAdmin<T>(work: (admin: kafkajs.Admin) => Promise<T>, broker = servers().kafka): Promise<T> {
  const admin = plainKafka(broker).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Removes what a suite made: topics and groups of its namespace. */
export async function removeTopics(namespace: string): Promise<void> {
  await withAdmin(async (admin) => {
    const own = (name: string): boolean => name.startsWith(`${namespace}.`);
    // Groups first: a group without a topic left goes by itself.
    const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter(own);
    if (groups.length > 0) await admin.deleteGroups(groups);
    const topics = (await admin.listTopics()).filter(own);
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });
}
