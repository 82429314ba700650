/** Models as data: what they hold, how they are read, and how they answer. */
export { calibrate } from './calibration.js';
export { Forest, logitOf, sigmoid } from './forest.js';
export { type Model, parseModel } from './model.js';
export type { BlockingSettings, CalibrationData, ForestData, LinearData, ModelData } from './settings.js';
