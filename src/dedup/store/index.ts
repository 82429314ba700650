export { type ApplyContext, appliedOffset, applyBatch, DEDUP_CONSUMER } from './apply.js';
export { RECORD_CHANGES } from './apply.sql.js';
export { liveRecords, neighbourhood, type StoredCorpus, type StoredMatchRecord, wholeCorpus } from './corpus.js';
export { readEdges, type StoredEdge } from './edges.js';
export { explainPair, type PairExplanation } from './explain.js';
export { type Resolution, type ResolveSettings, resolveListing } from './resolve.js';
export { ridOf, ridParam, toRid } from './rid.js';
export { type ScoreContext, type ScoreResult, scoreDirty, scoreEdges } from './score.js';
export { currentSnapshot, liveCount, modelId, refreshSnapshot, type StoredSnapshot } from './snapshot.js';
