import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { validate } from '../../src/config/validate.js';

const messages = (...args: Parameters<typeof validate>) =>
  validate(...args).complaints.map(({ path, message }) => `${path.join('.')}: ${message}`);

const auth = Type.Union([
  Type.Object({ type: Type.Literal('bearer'), token: Type.String() }),
  Type.Object({ type: Type.Literal('basic'), user: Type.String(), password: Type.String() }),
]);

test('in a choice of objects, complains about the one that was meant', () => {
  const schema = Type.Object({ auth });
  expect(messages(schema, { auth: { type: 'basic', user: 'me', pasword: 'x' } })).toEqual([
    'auth.password: "password" is missing: text',
    'auth.pasword: unknown key "pasword" (did you mean "password"?)',
  ]);
  expect(messages(schema, { auth: { type: 'bearer', token: 'x' } })).toEqual([]);
});

test('in a choice of objects, an unknown kind is told with the known ones', () => {
  expect(messages(Type.Object({ auth }), { auth: { type: 'baerer', token: 'x' } })).toEqual([
    'auth.type: "type" must be one of bearer, basic, not "baerer" (did you mean "bearer"?)',
  ]);
});

test('fills defaults inside maps and lists', () => {
  const item = Type.Object({ size: Type.Integer({ default: 3 }) });
  const schema = Type.Object({ map: Type.Record(Type.String(), item), list: Type.Array(item) });
  expect(validate(schema, { map: { a: {} }, list: [{}, { size: 1 }] }).value).toEqual({
    map: { a: { size: 3 } },
    list: [{ size: 3 }, { size: 1 }],
  });
});

test('reads numbers and booleans from the environment only', () => {
  const schema = Type.Object({ port: Type.Integer(), on: Type.Boolean(), name: Type.String() });
  const value = { port: '80', on: 'true', name: '12' };
  const written = new Map(Object.keys(value).map((key) => [`/${key}`, `\${${key.toUpperCase()}}`]));
  expect(validate(schema, value, written)).toEqual({ value: { port: 80, on: true, name: '12' }, complaints: [] });
  expect(messages(schema, value)).toEqual([
    'port: "port" must be a whole number, not "80"',
    'on: "on" must be true or false, not "true"',
  ]);
});

test('does not take keys of the prototype for known ones', () => {
  expect(messages(Type.Object({}), JSON.parse('{"constructor": 1, "__proto__": 2}'))).toHaveLength(2);
});
