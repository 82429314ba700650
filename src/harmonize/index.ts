/** From raw records to canonical ones: normalisers, the mapping language, contracts, and the step that applies them. */
export {
  type Contract,
  type ContractSchema,
  contractSchema,
  contractSubject,
  type Deviation,
  explainReason,
  type FieldType,
  levelOf,
  type Policy,
  registerContracts,
  type VersionedContract,
} from './contracts/index.js';
export {
  type HarmonizeConfig,
  type HarmonizeResult,
  type Harmonizer,
  harmonizer,
  type RawMessage,
} from './harmonizer.js';
export * from './infer/index.js';
export * from './mapping/index.js';
export * from './normalisers/index.js';
export * from './testing/index.js';
