export {
  type CompileOptions,
  checkMapping,
  compileMapping,
  FIELD_NAMES,
  HARMONIZER_VERSION,
  type Mapping,
  type MapResult,
} from './compile.js';
export type { MappingProblem } from './problems.js';
export { mappingSchema } from './schema.js';
export { TRANSFORMS, type TransformDefinition } from './transforms.js';
