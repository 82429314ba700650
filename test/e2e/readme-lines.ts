import { expect } from 'vitest';
import { curl, shellLines } from '../support/readme.js';

/** Sends every curl line of the README to a service that has the samples, and holds each to be answered with something. */
export async function answersReadme(address: string): Promise<void> {
  const lines = shellLines('README.md').filter((line) => line.startsWith('curl'));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const response = await curl(line, address);
    const body = await response.text();
    expect(response.status, `${line}\n${body}`).toBe(200);
    if (response.headers.get('content-type')?.includes('json')) {
      const answer = JSON.parse(body);
      if ('items' in answer) expect(answer.items.length, line).toBeGreaterThan(0);
    } else expect(body.length, line).toBeGreaterThan(0);
  }
}
