import { processResources } from '../../src/observe/index.js';

/** 1234567.8 → `1,234,568` */
export const count = (n: number): string => Math.round(n).toLocaleString('en');

/** The number after an option of the command line, or the default. */
export function numberOption(name: string, fallback: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
}

/** Starts a watch; asked, it tells the seconds since, of the wall clock and of all threads of this process. */
export function stopwatch(): () => { wall: number; cpu: number } {
  const started = performance.now();
  const { cpuSeconds } = processResources();
  return () => ({
    wall: (performance.now() - started) / 1000,
    cpu: processResources().cpuSeconds - cpuSeconds,
  });
}

/** `12.34 CPU s, 81,037 records a CPU second (aim 100,000)` */
export function rate(records: number, cpu: number, aim?: number): string {
  const told = `${cpu.toFixed(2)} CPU s, ${count(records / cpu)} records a CPU second`;
  return aim === undefined ? told : `${told} (aim ${count(aim)})`;
}

/** Prints the most memory this process has held. */
export function printPeak(limitMb?: number): void {
  const limit = limitMb === undefined ? '' : ` (limit ${limitMb})`;
  console.log(`peak memory of the process: ${count(processResources().peakMemoryMb)} MB${limit}`);
}
