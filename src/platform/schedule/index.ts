export type * from './port.js';
export { createTimerSchedule } from './timer.js';
export { nextTime } from './when.js';
