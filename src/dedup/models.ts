import { FEATURE_NAMES } from './comparisons/index.js';
import { type Model, parseModel as parse } from './model/index.js';

const features = new Set(FEATURE_NAMES);

/**
 * Checks parsed JSON and returns it as a model.
 * @throws AssayError MODEL_INVALID that names the first wrong place.
 */
export function parseModel(json: unknown): Model {
  return parse(json, features);
}
