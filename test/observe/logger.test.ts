import { expect, it } from 'vitest';
import { createLogger } from '../../src/observe/index.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void, redact?: (line: string) => string): string {
  const lines: string[] = [];
  write(createLogger({ destination: { write: (line) => lines.push(line) }, ...(redact ? { redact } : {}) }));
  return lines.join('');
}

it('writes JSON lines at its level', () => {
  const text = logged((logger) => {
    logger.debug('not this');
    logger.info({ source: 'alpha' }, 'pulled');
  });
  expect(JSON.parse(text)).toMatchObject({ level: 30, source: 'alpha', msg: 'pulled' });
});

it.each([
  [{ password: 'hunter22' }],
  [{ auth: { token: 'hunter22' } }],
  [{ headers: { authorization: 'Bearer hunter22' } }],
  [{ url: 'postgres://assay:hunter22@db/assay' }],
  [{ url: 'https://shop.example/feed?page=2&api_key=hunter22' }],
  [{ note: 'sent Authorization: Bearer hunter22' }],
])('writes no secret of %j', (fields) => {
  const text = logged((logger) => logger.info(fields, 'asked'));
  expect(text).toContain('***');
  expect(text).not.toContain('hunter22');
});

it('takes out what the caller knows to be secret', () => {
  const text = logged(
    (logger) => logger.info('the code word is xyzzy'),
    (line) => line.replaceAll('xyzzy', '***'),
  );
  expect(text).toContain('the code word is ***');
});
