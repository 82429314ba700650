import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installationFolder } from '../../src/installation.js';

/** The lines of a page's `sh` blocks, without comments. */
export function shellLines(page: string): string[] {
  const text = readFileSync(join(installationFolder(), page), 'utf8');
  return [...text.matchAll(/^```(?:sh)?\n(.*?)^```/gms)]
    .flatMap((block) => block[1]!.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}

/** The words of a line as a shell sees them; quotes are all it may use. */
export function shellWords(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map((word) => word[1] ?? word[2] ?? word[3]!);
}

/** Sends what a curl line asks for, to another address. Knows the options that the README uses, and throws at others. */
export function curl(line: string, origin: string): Promise<Response> {
  const [program, ...words] = shellWords(line);
  if (program !== 'curl') throw new Error(`no curl line: ${line}`);
  let url: URL | undefined;
  const headers = new Headers();
  let body: string | undefined;
  while (words.length > 0) {
    const word = words.shift()!;
    if (word === '-s') continue;
    if (word === '-d') body = words.shift();
    else if (word === '-H') headers.set(...(words.shift()!.split(/:\s*/, 2) as [string, string]));
    else if (word.startsWith('-')) throw new Error(`unknown option ${word}: ${line}`);
    else url = new URL(word);
  }
  if (url === undefined) throw new Error(`no address: ${line}`);
  return fetch(new URL(url.pathname + url.search, origin), {
    headers,
    ...(body !== undefined && { method: 'POST', body }),
  });
}
