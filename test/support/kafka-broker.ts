import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverSet } from '../../scripts/servers/index.mjs';
import { withAdmin } from './kafka.js';

/** A broker with all the listeners that one can go wrong with; only `open` is like the one that other suites use. */
export interface AwkwardBroker {
  /** No login, all rights. */
  open: string;
  /** SASL PLAIN: assay with password "right" may everything, weak with "weak" nothing. */
  login: string;
  /** Sends its clients on to a port where nothing listens. */
  lost: string;
  /** TLS with a certificate that nobody knows. */
  tls: string;
  close(): Promise<void>;
}

export async function awkwardBroker(): Promise<AwkwardBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-broker-'));
  await serverSet({ run: folder }).install(['kafka']);
  const cache = process.env.ASSAY_SERVERS_CACHE || join(homedir(), '.cache', 'assay', 'servers');
  const home = readdirSync(cache).find((name) => /^kafka-[\d.]+$/.test(name)) as string;
  const [open, login, lost, nothing, tls, controller] = await freePorts(6);
  const store = join(folder, 'broker.p12');
  const key = ['-genkeypair', '-alias', 'broker', '-keyalg', 'EC', '-dname', 'CN=broker', '-ext', 'san=ip:127.0.0.1'];
  execFileSync('keytool', [...key, '-keystore', store, '-storetype', 'PKCS12', '-storepass', 'secret'], {
    stdio: 'ignore',
  });
  const file = join(folder, 'server.properties');
  writeFileSync(
    file,
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=OPEN://127.0.0.1:${open},LOGIN://127.0.0.1:${login},LOST://127.0.0.1:${lost},TLS://127.0.0.1:${tls},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=OPEN://127.0.0.1:${open},LOGIN://127.0.0.1:${login},LOST://127.0.0.1:${nothing},TLS://127.0.0.1:${tls}
listener.security.protocol.map=OPEN:PLAINTEXT,LOGIN:SASL_PLAINTEXT,LOST:PLAINTEXT,TLS:SSL,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=OPEN
listener.name.login.sasl.enabled.mechanisms=PLAIN
listener.name.login.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_assay="right" user_weak="weak";
ssl.keystore.type=PKCS12
ssl.keystore.location=${store}
ssl.keystore.password=secret
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:assay
log.dirs=${join(folder, 'data')}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=16777216
log.cleaner.backoff.ms=200
`,
  );
  const classes = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(cache, home, 'libs', '*')];
  const format = ['kafka.tools.StorageTool', 'format', '--cluster-id', 'YXNzYXktYXdrd2FyZC0xMA', '--config', file];
  execFileSync('java', [...classes, ...format], { stdio: 'ignore' });
  const log = openSync(join(folder, 'log'), 'w');
  const child = spawn('java', ['-Xmx256m', ...classes, 'kafka.Kafka', file], { stdio: ['ignore', log, log] });
  const close = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const at = (port: number | undefined): string => `127.0.0.1:${port}`;
  try {
    while (!(await serves(at(open)))) {
      if (child.exitCode !== null) throw new Error(`the broker ended: ${readFileSync(join(folder, 'log'), 'utf8')}`);
      await sleep(100);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { open: at(open), login: at(login), lost: at(lost), tls: at(tls), close };
}

async function serves(broker: string): Promise<boolean> {
  try {
    return (await withAdmin((admin) => admin.describeCluster(), broker)).brokers.length === 1;
  } catch {
    return false;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  for (let i = 0; i < count; i++) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    held.push(server);
  }
  const ports = held.map((server) => (server.address() as { port: number }).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
