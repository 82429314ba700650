import { describe, expect, it } from 'vitest';
import { filesUnder, type Import, importsOf, partOf, read } from './tree.js';

const DOMAIN = ['ingest', 'harmonize', 'dedup', 'master', 'serve', 'report'];
const DRIVERS =
  /^(@electric-sql\/|pg$|pg-|pglite|pgvector|kafkajs|@platformatic\/kafka|ioredis|redis|bull|@elastic\/|elasticsearch|avsc$|cockatiel$)/;

/** Doors that are no index.ts, each with its reason. */
const OTHER_DOORS: Record<string, string> = {
  'src/platform/worker-url.ts':
    'the index also loads every driver, which a step that only starts a thread does not need',
  'src/observe/counters.ts': 'the index also loads the metrics library, which a step that only counts does not need',
  'src/config/secrets.ts':
    'the command line redacts errors before it loads the configuration, which costs start-up time',
  'src/cli/io.ts': 'a workspace and the service are opened with what a command was given',
  'src/cli/log-line.ts': 'log lines look the same wherever a workspace is opened',
  'src/cli/signals.ts': '`npm start` stops as commands do',
  'src/cli/progress.ts': '`npm start` shows progress as commands do',
  'src/cli/version.ts': '`npm start` tells the version as commands do',
};

const imports = importsOf(filesUnder('src', '.ts'));

function isDoor(to: string): boolean {
  if (to.endsWith('/index.ts')) return true;
  // A port is its own door: types and the contract, without an adapter.
  if (/^src\/platform\/[a-z]+\/port\.ts$/.test(to)) return true;
  // The steps: src/pipeline.ts runs them, commands use one or the other by itself.
  return to.startsWith('src/pipeline/') || to in OTHER_DOORS;
}

const shown = ({ from, to }: Import) => `${from} imports ${to}`;

describe('imports', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(1000);
    expect(imports.some(({ to }) => DRIVERS.test(to))).toBe(true);
  });

  it('name drivers in src/platform only', () => {
    const wrong = imports.filter(({ from, to }) => DRIVERS.test(to) && partOf(from) !== 'platform');
    expect(wrong.map(shown)).toEqual([]);
  });

  it('reach a folder through its door', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [own, other] = [partOf(from), partOf(to)];
      return other !== undefined && other !== '.' && own !== other && !isDoor(to);
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it('use every exception', () => {
    const used = new Set(imports.filter(({ from, to }) => partOf(from) !== partOf(to)).map(({ to }) => to));
    expect(Object.keys(OTHER_DOORS).filter((door) => !used.has(door))).toEqual([]);
  });

  it('lead from the domain to ports, never to the steps, the commands or the configuration', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const other = partOf(to) ?? '';
      if (!DOMAIN.includes(partOf(from) ?? '') || typeOnly) return false;
      return ['pipeline', 'cli', 'config'].includes(other);
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it('name packages that come with an installation, not those of building and testing', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const packageOf = (to: string) =>
      to
        .split('/')
        .slice(0, to.startsWith('@') ? 2 : 1)
        .join('/');
    const used = imports.filter(({ to, typeOnly }) => !typeOnly && !to.startsWith('src/') && to !== 'node');
    const outside = used.filter(({ to }) => !(packageOf(to) in dependencies) && !/^(test|bench|fixtures)\//.test(to));
    expect(outside.map(shown)).toEqual([]);
    const names = new Set(used.map(({ to }) => packageOf(to)));
    // What the benches measure against is installed with them.
    const benched = importsOf(filesUnder('bench', '.ts')).map(({ to }) => to);
    expect(
      Object.keys(dependencies).filter((name) => !names.has(name) && !benched.some((to) => to.startsWith(name))),
    ).toEqual([]);
  });

  it('have their sources: no test or bench in src', () => {
    const wrong = imports.filter(({ from, to }) => /^(test|bench)\//.test(to) && from.startsWith('src/'));
    expect(wrong.map(shown)).toEqual([]);
  });
});
