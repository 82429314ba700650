import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask.mjs';
import { installInto } from './install.mjs';
import { FAST_START } from './java.mjs';
import { fetchLibraries } from './maven.mjs';
import { launch } from './process.mjs';
import { execute, need } from './tools.mjs';

const VERSION = '3.9.2';
const ARTIFACTS = [`org.apache.kafka:kafka_2.13:${VERSION}`, 'org.slf4j:slf4j-simple:1.7.36'];

/** @param {string} cache */
const home = (cache) => join(cache, `kafka-${VERSION}`);

/** Broker and controller in one process. @type {import('./server.mjs').Server} */
export const kafka = {
  name: 'kafka',
  version: VERSION,
  ports: ['kafka', 'kafka-controller'],
  pidFiles: ['pid'],
  politely: 'SIGTERM',
  address: ({ ports }) => `127.0.0.1:${ports.kafka}`,
  home,

  install(cache, signal) {
    need('kafka', 'java', 'mvn');
    return installInto(
      home(cache),
      (folder, scratch) => fetchLibraries(ARTIFACTS, join(folder, 'libs'), scratch, signal),
      signal,
    );
  },

  async launch({ cache, folder, settings, signal }) {
    need('kafka', 'java');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'server.properties');
    writeFileSync(file, properties(folder, settings.ports));
    const java = ['java', ...FAST_START, '-Dorg.slf4j.simpleLogger.showDateTime=true'];
    const classes = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', join(home(cache), 'libs', '*')];
    if (!existsSync(join(folder, 'data', 'meta.properties'))) {
      const format = ['kafka.tools.StorageTool', 'format', '--cluster-id', 'YXNzYXktdGVzdC1zZXQtMQ', '--config', file];
      await execute([...java, ...classes, ...format], { signal });
    }
    launch(folder, [...java, '-Xms128m', '-Xmx384m', ...classes, 'kafka.Kafka', file]);
  },

  /** Asks for the metadata of no topic (API 3, version 1): answered with a broker once it is registered and not fenced. */
  async healthy({ ports }) {
    const request = Buffer.from([0, 3, 0, 1, 0, 0, 0, 1, 0xff, 0xff, 0, 0, 0, 0]);
    const length = Buffer.alloc(4);
    length.writeInt32BE(request.length);
    const answer = await ask(ports.kafka ?? 0, Buffer.concat([length, request]), (bytes) => bytes.length >= 12);
    return answer !== undefined && answer.readInt32BE(8) === 1;
  },
};

/**
 * Topics are made by those who know their partitions, never by a client that happens to name one. A session is short, because
 * the controller refuses a restarted broker until the session of the killed one has ended.
 * @param {string} folder
 * @param {Record<string, number>} ports
 */
function properties(folder, ports) {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${ports['kafka-controller']}
listeners=PLAINTEXT://127.0.0.1:${ports.kafka},CONTROLLER://127.0.0.1:${ports['kafka-controller']}
advertised.listeners=PLAINTEXT://127.0.0.1:${ports.kafka}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${join(folder, 'data')}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
log.cleaner.dedupe.buffer.size=16777216
`;
}
