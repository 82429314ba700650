export { type Decisions, readDecisions } from './decisions.js';
export { type DrainContext, drainComponents, drainPortion } from './drain.js';
export { type Forgotten, forgetHistory, forgetRecord } from './forget.js';
export { mintId, planIdentities } from './identity.js';
export { type AttributeRule, BUILT_IN_RULES, type Member, type MergeSettings, mergeMembers } from './merge.js';
export { ensureNeighbourIndex } from './neighbours.js';
export { addUp, nothingResolved, type ResolveResult } from './outcome.js';
export { RULES } from './survivorship/index.js';
