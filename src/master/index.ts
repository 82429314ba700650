export { type Decisions, readDecisions } from './decisions.js';
export { type DrainContext, drainComponents } from './drain.js';
export { type Forgotten, forgetHistory, forgetRecord } from './forget.js';
export { mintId, planIdentities } from './identity.js';
export { type AttributeRule, BUILT_IN_RULES, type Member, type MergeSettings, mergeMembers } from './merge.js';
export type { ResolveResult } from './resolve.js';
export { RULES } from './survivorship/index.js';
