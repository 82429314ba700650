/** Training: labelled pairs in, model parts out. Only benches and commands that train need it. */
export { type BoostingSettings, trainForest } from './boosting.js';
export { type Examples, seededRandom } from './examples.js';
export { trainLogistic } from './linear.js';
