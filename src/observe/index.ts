export { Counters, type Outcome, type Step } from './counters.js';
export { createLogger, type LoggerOptions } from './logger.js';
export { Metrics, observeProcessing } from './metrics.js';
export { type LagFigure, type PlatformFigures, type ServerFigures, showPlatform } from './platform-metrics.js';
export { processResources, type Resources, resourcesSince } from './resources.js';
