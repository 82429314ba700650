import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/registry.js';
import { installationFolder } from '../../src/installation.js';
import { shellLines, shellWords } from '../support/readme.js';
import { filesUnder, read } from './tree.js';

const root = installationFolder();
const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'fixtures/README.md', ...filesUnder('docs', '.md')];
const MOST_LINES = 500;
const lines = (path: string) => read(path).split('\n').length;

/** The anchor a heading gets on a rendered page. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('files', () => {
  it('are small', () => {
    const sizes = filesUnder('src', '.ts').map((path) => ({ path, size: lines(path) }));
    expect(sizes.filter(({ size }) => size > MOST_LINES)).toEqual([]);
    const ordered = sizes.map(({ size }) => size).sort((a, b) => a - b);
    expect(ordered[Math.floor(ordered.length / 2)]).toBeLessThan(100);
  });

  it('name no machine: absolute paths, registries', () => {
    const own = /(?:^|[\s"'`(=])\/(?:root|home|work)\/|registry\.npmjs|"resolved":/;
    const paths = [
      ...['src', 'bench', 'fixtures', 'scripts', 'config', 'migrations'].flatMap((folder) => filesUnder(folder, '')),
      ...PAGES,
      'package.json',
      'package-lock.json',
    ].filter((path) => !path.endsWith('.gz'));
    expect(paths.filter((path) => own.test(read(path)))).toEqual([]);
  });
});

describe('documentation', () => {
  it('links to what is there', () => {
    const broken: string[] = [];
    for (const page of PAGES) {
      const text = read(page).replace(/^```.*?^```/gms, '');
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target!)) continue;
        const [path, anchor] = target!.split('#') as [string, string?];
        const file = path === '' ? page : join(dirname(page), path);
        if (!existsSync(join(root, file))) broken.push(`${page}: ${target}`);
        else if (anchor !== undefined) {
          const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map((heading) => anchorOf(heading[1]!));
          if (!headings.includes(anchor)) broken.push(`${page}: ${target}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });

  it('is in the index', () => {
    const index = read('docs/README.md');
    const pages = filesUnder('docs', '.md').filter((path) => !/^docs\/(README|decisions\/)/.test(path));
    expect(pages.filter((path) => !index.includes(`(${path.slice('docs/'.length)})`))).toEqual([]);
    const decisions = read('docs/decisions/README.md');
    const records = filesUnder('docs/decisions', '.md').filter((path) => !path.endsWith('README.md'));
    expect(records.filter((path) => !decisions.includes(path.split('/').at(-1)!))).toEqual([]);
  });

  it('names commands that exist, and all of them', () => {
    const names = COMMANDS.map(({ name }) => name);
    const used = PAGES.flatMap((page) => [
      ...shellLines(page).flatMap((line) => (line.startsWith('bin/assay ') ? [shellWords(line)[1]!] : [])),
      ...[...read(page).matchAll(/`(?:bin\/)?assay ([a-z][a-z-]*)/g)].map((match) => match[1]!),
    ]);
    expect([...new Set(used)].filter((name) => !names.includes(name))).toEqual([]);
    const readme = read('README.md');
    expect(names.filter((name) => !new RegExp(`\`(assay )?${name}\\b`).test(readme))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const used = PAGES.flatMap((page) => [...read(page).matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1]!));
    expect([...new Set(used)].filter((name) => !(name in scripts))).toEqual([]);
    for (const name of Object.keys(scripts)) {
      const bench = /node dist\/(bench\/\w+)\.js/.exec(scripts[name])?.[1];
      if (bench !== undefined) expect(existsSync(join(root, `${bench}.ts`)), name).toBe(true);
    }
  });

  it('names files of registration that are there', () => {
    const table = read('ARCHITECTURE.md').split('## Where to add something')[1]!;
    const paths = [...table.matchAll(/`(src\/[a-z/.-]+\.ts)`(?:, `(\w+)`)?/g)];
    expect(paths.length).toBeGreaterThan(6);
    for (const [, path, name] of paths)
      expect(name === undefined ? existsSync(join(root, path!)) : read(path!).includes(name), path).toBe(true);
  });
});
