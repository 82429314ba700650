import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Producer, Transaction } from 'kafkajs';
import { messageOf } from '../../../errors.js';
import type { ServerFinding } from '../../finding.js';
import type { KafkaClient } from './client.js';
import { COMPRESSION } from './compression.js';
import { isOutage, typeOf } from './failure.js';
import { chosenBefore } from './sender.js';

const SKEW_MS = 5000;
const BEGIN_ATTEMPTS = 20;

export interface Trial {
  client: KafkaClient;
  admin: Admin;
  name: string;
  replication: number;
  clock: () => number;
}

/** Makes a topic, writes to it in a transaction, looks at the broker's clock by the message, and removes the topic. */
export async function tryOut({ client, admin, name, replication, clock }: Trial): Promise<ServerFinding[]> {
  try {
    await admin.createTopics({
      waitForLeaders: false,
      topics: [
        {
          topic: name,
          numPartitions: 1,
          replicationFactor: replication,
          configEntries: [
            { name: 'message.timestamp.type', value: 'LogAppendTime' },
            { name: 'retention.ms', value: '60000' },
          ],
        },
      ],
    });
  } catch (error) {
    return [refused('create topics', name, error, 'Create, Describe, DescribeConfigs, AlterConfigs')];
  }
  const rights: ServerFinding = { check: 'rights', state: 'ok', message: 'topics can be made, written and removed' };
  try {
    const producer = client.kafka.producer({
      transactionalId: name,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: chosenBefore,
      // The topic is new: not every broker knows it at once.
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 8 },
    });
    await producer.connect();
    const transaction = await begin(producer);
    const before = clock();
    const [written] = await transaction.send({
      topic: name,
      compression: COMPRESSION,
      messages: [{ key: 'check', value: 'check', partition: 0 }],
    });
    const after = clock();
    await transaction.commit();
    return [rights, judgeClock(Number(written?.logAppendTime ?? before), before, after)];
  } catch (error) {
    return [refused('write in transactions', name, error, 'Write on topics, Write and Describe on transactional ids')];
  } finally {
    await admin.deleteTopics({ topics: [name] }).catch(() => {});
  }
}

/** Brokers make their topic of transactions when the first one begins, which takes a moment. */
async function begin(producer: Producer): Promise<Transaction> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await producer.transaction();
    } catch (error) {
      if (!isOutage(error) || attempt === BEGIN_ATTEMPTS) throw error;
      await sleep(250);
    }
  }
}

function refused(what: string, name: string, error: unknown, rights: string): ServerFinding {
  const denied = /AUTHORIZATION/.test(typeOf(error) ?? '') || /authorized/i.test(reasonOf(error));
  const prefix = name.slice(0, name.lastIndexOf('.') + 1);
  return {
    check: 'rights',
    state: 'wrong',
    message: `the login may not ${what}: ${reasonOf(error)}`,
    advice: denied
      ? `Grant ${rights} for names that begin with ${prefix} (kafka-acls.sh --resource-pattern-type prefixed).`
      : 'See the log of the broker.',
  };
}

function reasonOf(error: unknown): string {
  const inner = (error as { errors?: unknown[] } | null)?.errors?.[0];
  return messageOf(inner ?? error);
}

/** Brokers judge by their own clock what is old enough to be compacted or removed; messages carry ours. */
function judgeClock(at: number, before: number, after: number): ServerFinding {
  const off = at < before ? at - before : at > after ? at - after : 0;
  if (Math.abs(off) <= SKEW_MS) return { check: 'clock', state: 'ok', message: 'the clocks agree' };
  const seconds = (Math.abs(off) / 1000).toFixed(0);
  return {
    check: 'clock',
    state: 'warning',
    message: `the broker's clock is ${seconds} s ${off < 0 ? 'behind' : 'ahead of'} this machine's: it compacts and removes messages too ${off < 0 ? 'late' : 'early'}, and refuses those that lie more than an hour ahead`,
    advice: 'Let both follow a time server (NTP).',
  };
}
