import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompatibilityLevel, SchemaRegistry } from '../../src/platform/registry/index.js';

export interface OpenedRegistry {
  registry: SchemaRegistry;
  /** The same registry as another process sees it. */
  second: SchemaRegistry;
  destroy(): Promise<void>;
}

const record = (...fields: unknown[]) => JSON.stringify({ type: 'record', name: 'Thing', fields });
const ID = { name: 'id', type: 'long' };
const NAME = { name: 'name', type: 'string', default: '' };
const REQUIRED = { name: 'name', type: 'string' };

/** What the registry's contract promises, for any adapter. */
export function describeRegistry(name: string, open: () => Promise<OpenedRegistry>): void {
  describe(`registry contract: ${name}`, () => {
    let opened: OpenedRegistry;
    let registry: SchemaRegistry;
    let number = 0;
    /** A subject that no other test uses; with characters that addresses give a meaning. */
    const fresh = () => `subject ${++number}/a%b?c=é-value`;
    beforeAll(async () => {
      opened = await open();
      registry = opened.registry;
    });
    afterAll(() => opened.destroy());

    it('numbers versions from 1 and gives each schema an id', async () => {
      const subject = fresh();
      expect(await registry.versions(subject)).toEqual([]);
      const first = await registry.register(subject, record(ID));
      const second = await registry.register(subject, record(ID, NAME));
      expect([first.version, second.version]).toEqual([1, 2]);
      expect(second.id).not.toBe(first.id);
      expect(await registry.versions(subject)).toEqual([
        { subject, version: 1, id: first.id, schema: record(ID) },
        { subject, version: 2, id: second.id, schema: record(ID, NAME) },
      ]);
      expect(await registry.subjects()).toContain(subject);
      expect(await registry.byId(second.id)).toBe(record(ID, NAME));
    });

    it('gives the same schema the same id, however it is written and wherever it is', async () => {
      const [subject, other] = [fresh(), fresh()];
      const plain = { type: 'record', name: 'a.b.Point', fields: [{ name: 'x', type: 'int' }] };
      const first = await registry.register(subject, JSON.stringify(plain));
      const written = JSON.stringify(
        {
          doc: 'A point.',
          fields: [{ doc: 'Across.', type: { type: 'int' }, name: 'x' }],
          namespace: 'a.b',
          name: 'Point',
          type: 'record',
        },
        null,
        2,
      );
      expect(await registry.register(subject, written)).toEqual(first);
      expect(await registry.register(other, written)).toEqual(first);
      expect(await registry.versions(subject)).toHaveLength(1);
      const changed = JSON.stringify({ ...plain, fields: [{ name: 'x', type: 'int', default: 0 }] });
      expect((await registry.register(subject, changed)).id).not.toBe(first.id);
    });

    it('takes the first version back when it is registered again after others', async () => {
      const subject = fresh();
      const first = await registry.register(subject, record(ID));
      await registry.register(subject, record(ID, NAME));
      expect(await registry.register(subject, record(ID))).toEqual(first);
      expect(await opened.second.register(subject, record(ID))).toEqual(first);
    });

    it('knows no id that was never given', async () => {
      expect(await registry.byId(2_000_000_000)).toBeUndefined();
      expect(await registry.byId(0)).toBeUndefined();
    });

    it.each([
      ['{', /not JSON/],
      ['"strin"', /no type "strin"/],
      ['{"type": "record", "name": "A", "fields": [{"name": "a-b", "type": "int"}]}', /a-b/],
      ['{"type": "record", "name": "A", "fields": [{"name": "a", "type": "int", "default": "1"}]}', /default/],
      ['["null", "null"]', /twice/],
    ])('refuses %s', async (schema, reason) => {
      const subject = fresh();
      for (const refused of [registry.register(subject, schema), registry.check(subject, schema)]) {
        const error = await refused.catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: 'SCHEMA_INVALID', message: expect.stringMatching(reason) });
      }
      expect(await registry.versions(subject)).toEqual([]);
    });

    it('refuses a subject without a name', async () => {
      await expect(registry.register('a\u0000b', record(ID))).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
    });

    it('refuses an incompatible version, with the reasons, and keeps what was there', async () => {
      const subject = fresh();
      await registry.register(subject, record(ID));
      const schema = record({ name: 'id', type: 'string' }, REQUIRED);
      const verdict = await registry.check(subject, schema);
      expect(verdict.compatible).toBe(false);
      expect(verdict.reasons).toHaveLength(2);
      expect(verdict.reasons[0]).toMatch(/version 1: field "id": string cannot read long/);
      expect(verdict.reasons[1]).toMatch(/version 1: field "name": it has no default/);
      const error = await registry.register(subject, schema).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'SCHEMA_INCOMPATIBLE', details: { subject, reasons: verdict.reasons } });
      expect(await registry.versions(subject)).toHaveLength(1);
    });

    it('compares with the newest version, or with all of them', async () => {
      const subject = fresh();
      await registry.register(subject, record(ID));
      await registry.register(subject, record(ID, NAME));
      // Version 2 always wrote the name, version 1 never.
      expect(await registry.check(subject, record(ID, REQUIRED))).toEqual({ compatible: true, reasons: [] });
      await registry.compatibility(subject, 'BACKWARD_TRANSITIVE');
      expect((await registry.check(subject, record(ID, REQUIRED))).reasons).toEqual([
        expect.stringContaining('version 1'),
      ]);
    });

    it.each<[CompatibilityLevel, boolean, boolean]>([
      ['NONE', true, true],
      ['BACKWARD', false, true],
      ['FORWARD', true, false],
      ['FULL', false, false],
      ['FORWARD_TRANSITIVE', true, false],
      ['FULL_TRANSITIVE', false, false],
    ])('%s: a required field is added %s, taken away %s', async (level, adds, removes) => {
      const subject = fresh();
      await registry.register(subject, record(ID, REQUIRED));
      expect(await registry.compatibility(subject, level)).toEqual({ level, own: true });
      expect(await opened.second.compatibility(subject)).toEqual({ level, own: true });
      const more = record(ID, REQUIRED, { name: 'more', type: 'int' });
      expect((await registry.check(subject, more)).compatible).toBe(adds);
      expect((await registry.check(subject, record(ID))).compatible).toBe(removes);
      expect((await registry.check(subject, record(ID, NAME))).compatible).toBe(true);
    });

    it('has a level for all subjects without their own', async () => {
      const subject = fresh();
      expect(await registry.compatibility(null)).toMatchObject({ level: 'BACKWARD' });
      expect(await registry.compatibility(subject)).toEqual({ level: 'BACKWARD', own: false });
      try {
        await registry.compatibility(null, 'FULL');
        expect(await registry.compatibility(subject)).toEqual({ level: 'FULL', own: false });
        await registry.compatibility(subject, 'NONE');
        expect(await registry.compatibility(null)).toMatchObject({ level: 'FULL' });
        expect(await registry.compatibility(subject)).toEqual({ level: 'NONE', own: true });
      } finally {
        await registry.compatibility(null, 'BACKWARD');
      }
    });

    it('gives ids and versions once, to many that ask at the same time', async () => {
      const subject = fresh();
      await registry.compatibility(subject, 'NONE');
      const schemas = Array.from({ length: 8 }, (_, n) => record(ID, { name: `f${number}_${n}`, type: 'int' }));
      const answers = await Promise.all(
        [...schemas, ...schemas.toReversed()].map((schema, n) =>
          (n % 2 === 0 ? registry : opened.second).register(subject, schema),
        ),
      );
      expect(answers.slice(8).reverse()).toEqual(answers.slice(0, 8));
      expect(new Set(answers.map(({ id }) => id)).size).toBe(8);
      expect(
        answers
          .slice(0, 8)
          .map(({ version }) => version)
          .sort(),
      ).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('lets only one of two incompatible versions in at the same time', async () => {
      const subject = fresh();
      const texts = [record({ name: 'a', type: 'int' }), record({ name: 'b', type: 'int' })];
      const outcomes = await Promise.allSettled([
        registry.register(subject, texts[0]!),
        opened.second.register(subject, texts[1]!),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await registry.versions(subject)).toHaveLength(1);
    });
  });
}
