import { Value } from '@sinclair/typebox/value';
import { AssayError } from '../../errors.js';
import { ModelData } from './settings.js';

/** A matching model: data only, no record text. The same JSON gives the same answers for ever. */
export type Model = Readonly<ModelData>;

function refuse(reason: string): never {
  throw new AssayError('MODEL_INVALID', `The model cannot be used: ${reason}.`);
}

/**
 * Checks parsed JSON and returns it as a model.
 * @throws AssayError MODEL_INVALID that names the first wrong place.
 */
export function parseModel(json: unknown, knownFeatures: ReadonlySet<string>): Model {
  if (!Value.Check(ModelData, json)) {
    const first = [...Value.Errors(ModelData, json)][0];
    return refuse(first === undefined ? 'it has another shape' : `${first.path || '/'}: ${first.message}`);
  }
  for (const name of json.features) if (!knownFeatures.has(name)) refuse(`it asks for the unknown feature "${name}"`);
  const { forest } = json;
  const nodes = forest.feature.length;
  for (const column of [forest.value, forest.left, forest.right, forest.missingLeft])
    if (column.length !== nodes) refuse('the node columns of its trees differ in length');
  for (const root of forest.roots) if (root < 0 || root >= nodes) refuse(`a tree starts at node ${root} of ${nodes}`);
  for (let node = 0; node < nodes; node++) {
    const feature = forest.feature[node] as number;
    if (feature < 0) continue;
    if (feature >= json.features.length) refuse(`node ${node} reads feature ${feature} of ${json.features.length}`);
    // Children lie after their parent, so walking a tree always ends.
    for (const child of [forest.left[node] as number, forest.right[node] as number])
      if (child <= node || child >= nodes) refuse(`node ${node} leads to node ${child}`);
  }
  if (json.calibration.from.length !== json.calibration.to.length) refuse('its calibration has unequal knots');
  if (json.thresholds.review > json.thresholds.match) refuse('its review threshold is above its match threshold');
  return json;
}
