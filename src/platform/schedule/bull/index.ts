export { type BullSchedule, type BullScheduleOptions, openBullSchedule } from './schedule.js';
