import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { camelise } from './camel.js';
import { applyOverrides } from './overrides.js';
import { type ReadContext, read } from './read.js';
import { settingsFile } from './schemas.js';
import type { AssaySettings } from './settings.js';
import { validate } from './validate.js';
import type { YamlFile } from './yaml-file.js';

/** `assay.yaml` (which may be absent) with the environment applied and its paths absolute. */
export function loadSettings(
  root: string,
  base: string,
  context: ReadContext,
): { value: AssaySettings; shown: unknown; yaml: YamlFile | undefined } | undefined {
  const file = join(root, 'assay.yaml');
  const { mistakes, secrets, env } = context;
  const reading = existsSync(file) ? read<Record<string, unknown>>(file, () => settingsFile, context) : undefined;
  if (existsSync(file) && !reading?.valid) {
    applyOverrides(settingsFile, defaults(), env, secrets, mistakes);
    return undefined;
  }
  const before = mistakes.size;
  const plain = applyOverrides(settingsFile, reading?.value ?? defaults(), env, secrets, mistakes);
  if (mistakes.size > before) return undefined;
  const settings = camelise(settingsFile, plain) as AssaySettings;
  const line = (path: string[]) => reading?.yaml.line(path);
  const roots = settings.ingest.roots.map((path) => resolve(base, path));
  roots.forEach((path, i) => {
    if (!existsSync(path) || !statSync(path).isDirectory())
      mistakes.add(
        file,
        line(['ingest', 'roots', String(i)]),
        `the root "${settings.ingest.roots[i]}" is not a folder`,
      );
  });
  const { synonyms } = settings.search;
  const synonymsFile = synonyms === undefined ? undefined : resolve(root, synonyms);
  if (synonymsFile !== undefined && !existsSync(synonymsFile))
    mistakes.add(file, line(['search', 'synonyms']), `there is no file "${synonyms}"`);
  return {
    value: {
      ...settings,
      dataDir: resolve(base, settings.dataDir),
      ingest: { ...settings.ingest, roots },
      search: {
        fallback: settings.search.fallback,
        ...(synonymsFile === undefined ? {} : { synonyms: synonymsFile }),
      },
    },
    shown: reading?.shown ?? defaults(),
    yaml: reading?.yaml,
  };
}

function defaults(): Record<string, unknown> {
  return validate(settingsFile, {}).value as Record<string, unknown>;
}
