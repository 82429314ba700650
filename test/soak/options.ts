/** What `npm run test:soak` was asked for. */
export const SEED = Number(process.env.ASSAY_SOAK_SEED ?? 1);
export const MINUTES = Number(process.env.ASSAY_SOAK_MINUTES ?? 10);
/** Sizes that the matrix of faults goes through, in records of both days. */
export const RECORDS = (process.env.ASSAY_SOAK_RECORDS ?? '2000,20000,100000').split(',').map(Number);
/** Races that end the soak of races before its time. */
export const RACES = Number(process.env.ASSAY_SOAK_RACES ?? 100_000);

const end = performance.now() + MINUTES * 60_000;

/** Whether the suite's minutes are over. */
export const isOver = (): boolean => performance.now() > end;
