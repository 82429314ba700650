/** How good scores and clusters are against labels. Pure. */
export { type ClusterQuality, clusterQuality, type Quality } from './clusters.js';
export { type LabelledScore, type ScoreQuality, scoreQuality } from './scores.js';
