import { type TSchema, Type } from '@sinclair/typebox';
import type { Mistakes } from './mistakes.js';
import type { Secrets } from './secrets.js';
import { validate } from './validate.js';

type Settings = Record<string, unknown>;

/**
 * Applies the environment variables that win over `assay.yaml` (the `env` of a setting's schema). An invalid one is a
 * mistake under the variable's name.
 */
export function applyOverrides(
  schema: TSchema,
  settings: Settings,
  env: NodeJS.ProcessEnv,
  secrets: Secrets,
  mistakes: Mistakes,
): Settings {
  const result: Settings = { ...settings };
  for (const [key, property] of Object.entries(schema.properties as Record<string, TSchema>)) {
    if (property.properties) {
      result[key] = applyOverrides(property, result[key] as Settings, env, secrets, mistakes);
      continue;
    }
    const name: unknown = property.env;
    const text = typeof name === 'string' ? env[name]?.trim() : undefined;
    if (typeof name !== 'string' || !text) continue;
    const value = property.type === 'array' ? text.split(',').map((part) => part.trim()) : text;
    const written = new Map([[`/${key}`, `\${${name}}`]]);
    const checked = validate(Type.Object({ [key]: property }), { [key]: value }, written);
    for (const complaint of checked.complaints)
      mistakes.add(`environment variable ${name}`, undefined, complaint.message);
    // Addresses of servers hold passwords; host, port and folder are nobody's secret.
    if (property.secret === true) secrets.add(name, text);
    result[key] = (checked.value as Settings)[key];
  }
  return result;
}
