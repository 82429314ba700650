import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { type Model, parseModel } from './dedup/index.js';
import { AssayError, messageOf } from './errors.js';
import { installationFolder } from './installation.js';

/** The model that is shipped and used unless another is named. */
export const DEFAULT_MODEL = 'general';

/**
 * Reads a model by path, or by name from the configuration's `models/` folder and then from the shipped one.
 *
 * @throws AssayError MODEL_INVALID naming the file, or where it was looked for
 */
export async function readModel(name: string = DEFAULT_MODEL, configFolder?: string): Promise<Model> {
  const isPath = name.endsWith('.json') || isAbsolute(name) || name.includes('/');
  const places = isPath
    ? [resolve(name), ...(configFolder === undefined ? [] : [resolve(configFolder, name)])]
    : [...(configFolder === undefined ? [] : [configFolder]), join(installationFolder(), 'config')].map((folder) =>
        join(folder, 'models', `${name}.json`),
      );
  const file = places.find((place) => existsSync(place));
  if (file === undefined)
    throw new AssayError('MODEL_INVALID', `There is no model ${name}: looked for ${places.join(', ')}.`);
  try {
    return parseModel(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new AssayError('MODEL_INVALID', `${file}: ${messageOf(error)}`, { cause: error });
  }
}
