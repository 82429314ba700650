export { judge, type Verdict } from './apply.js';
export { levelOf, registerContracts, type VersionedContract } from './avro-register.js';
export { type ContractSchema, contractSchema, contractSubject, explainReason } from './avro-schema.js';
export type { Contract, Deviation, DeviationKind, FieldType, Policy } from './contract.js';
export { compileContract, type Detector } from './detect.js';
