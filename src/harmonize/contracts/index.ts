export { judge, type Verdict } from './apply.js';
export type { Contract, Deviation, DeviationKind, FieldType, Policy } from './contract.js';
export { compileContract, type Detector } from './detect.js';
