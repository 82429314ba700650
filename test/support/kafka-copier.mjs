// Copies topic `in` to `out` as a member of the group `copy`, until it is told to stop: BROKER NAMESPACE on the command line.
const { openKafkaLog } = await import(new URL('../../dist/src/platform/log/kafka/index.js', import.meta.url).href);
const [brokers, namespace] = process.argv.slice(2);
/** @type {import('../../src/platform/log/port.js').Log} */
const log = await openKafkaLog({ brokers: [brokers], namespace, sessionTimeoutMs: 6000 });
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
await log.consume({ topic: 'in', group: 'copy', maxMessages: 20, signal: stop.signal }, async (batch, outbox) => {
  console.log(batch.messages.length);
  // Work: kills and halts find a batch under way.
  await new Promise((resolve) => setTimeout(resolve, 20));
  outbox.append('out', batch.messages);
});
await log.close();
