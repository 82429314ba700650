import type { TopicMessages } from 'kafkajs';
import type { Outgoing } from './record.js';

/** Before compression. Brokers take a batch of 1 MiB, compressed, unless they or the topic are told otherwise. */
const BATCH_BYTES = 900_000;
const BATCH_MESSAGES = 5000;

/**
 * Cuts messages into requests whose batches (one a partition) are within bounds. Messages of a partition stay in order; a message
 * that is too large by itself gets a batch of its own, because compression may still make it fit.
 */
export function requestsOf(messages: readonly Outgoing[]): Outgoing[][] {
  const requests: Outgoing[][] = [];
  const fill = new Map<string, { request: number; bytes: number; count: number }>();
  for (const outgoing of messages) {
    const place = `${outgoing.topic}/${outgoing.partition}`;
    let batch = fill.get(place);
    if (batch === undefined) {
      batch = { request: 0, bytes: 0, count: 0 };
      fill.set(place, batch);
    } else if (batch.bytes + outgoing.bytes > BATCH_BYTES || batch.count >= BATCH_MESSAGES) {
      batch.request++;
      batch.bytes = 0;
      batch.count = 0;
    }
    batch.bytes += outgoing.bytes;
    batch.count++;
    let request = requests[batch.request];
    if (request === undefined) {
      request = [];
      requests[batch.request] = request;
    }
    request.push(outgoing);
  }
  return requests;
}

/** A request as kafkajs takes it. */
export function topicMessages(request: readonly Outgoing[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, message } of request) {
    const entry = topics.get(topic);
    if (entry === undefined) topics.set(topic, { topic, messages: [message] });
    else entry.messages.push(message);
  }
  return [...topics.values()];
}
