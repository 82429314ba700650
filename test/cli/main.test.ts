// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are what is tested
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { COMMANDS } from '../../src/cli/registry.js';
import { CONTRACT, configFolder, SOURCE } from '../config/folder.js';

async function assay(argv: string[], env: NodeJS.ProcessEnv = {}) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await main(argv, { stdout, stderr, env, cwd: process.cwd(), signal: new AbortController().signal });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, out: text(stdout), err: text(stderr) };
}

describe('main', () => {
  test('--help names every command and the global options', async () => {
    const { code, out, err } = await assay(['--help']);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const { name, summary } of COMMANDS) {
      expect(out).toContain(`  ${name}`);
      expect(out.replace(/\s+/g, ' ')).toContain(summary);
    }
    expect(out).toContain('--config <folder>');
    expect(out).toContain('--json');
  });

  test('every command loads, registers under its name and has help of its own', async () => {
    for (const { name, summary } of COMMANDS) {
      const { code, out } = await assay([name, '--help']);
      expect(`${name} ${code}`).toBe(`${name} 0`);
      expect(out).toContain(`Usage: assay ${name}`);
      expect(summary).not.toBe('');
    }
  });

  test('without a command it prints the help and fails', async () => {
    const { code, err } = await assay([]);
    expect(code).toBe(2);
    expect(err).toContain('Usage: assay');
  });

  test('an unknown command or option is wrong usage, with a suggestion', async () => {
    expect(await assay(['confg'])).toEqual({
      code: 2,
      out: '',
      err: "assay: unknown command 'confg' (Did you mean config?)\nSee `assay --help`.\n",
    });
    const { code, err } = await assay(['config', 'show', '--jso']);
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--jso' (Did you mean --json?)");
  });

  test('errors are JSON with --json', async () => {
    const { code, err } = await assay(['--json', 'confg']);
    expect(code).toBe(2);
    expect(JSON.parse(err)).toEqual({
      error: {
        code: 'USAGE',
        message: "unknown command 'confg' (Did you mean config?)",
        hint: 'See `assay --help`.',
      },
    });
  });

  test('--version prints the version of the package', async () => {
    const { code, out } = await assay(['--version']);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('a wrong configuration ends with 2 and lists the mistakes', async () => {
    const folder = configFolder({ 'assay.yaml': 'servre: {}\n' });
    const { code, out, err } = await assay(['config', 'show', '--config', folder]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('assay.yaml:1: unknown key "servre" (did you mean "server"?)');
  });

  test('--config works before and after the command, and secrets are not shown', async () => {
    const folder = configFolder({
      'sources/shop.yaml': SOURCE.replace('path: feed.csv', 'path: "${SHOP_TOKEN}"'),
      'contracts/shop.yaml': CONTRACT,
    });
    for (const argv of [
      ['--config', folder, 'config', 'show'],
      ['config', 'show', `--config=${folder}`],
      ['config', 'show', '--json', '--config', folder],
    ]) {
      const { code, out } = await assay(argv, { SHOP_TOKEN: 'hunter2-hunter2' });
      expect(code).toBe(0);
      expect(out).toContain('${SHOP_TOKEN}');
      expect(out).not.toContain('hunter2');
      expect(out).toContain('3000');
    }
  });
});
