import { expect, test } from 'vitest';
import { redactSecrets, Secrets } from '../../src/config/secrets.js';

test('takes values out of any text, the longest first', () => {
  const secrets = new Secrets();
  secrets.add('SHORT', 'swordfish');
  secrets.add('LONG', 'swordfish-and-chips');
  secrets.hide('password');
  expect(secrets.redact('swordfish-and-chips, swordfish, password')).toBe(`\${LONG}, \${SHORT}, ***`);
  expect(new Secrets().redact('swordfish')).toBe('swordfish');
});

test('values too short to be told from chance stay', () => {
  const secrets = new Secrets();
  secrets.add('ONE', '1');
  expect(secrets.redact('1 of 10')).toBe('1 of 10');
});

test('the process knows the secrets of every configuration', () => {
  new Secrets().add('DEEP', 'under-the-sea');
  expect(redactSecrets('found under-the-sea')).toBe(`found \${DEEP}`);
});
