/** Runs one command line and tells the process that started it what it cost. */
import { main } from '../../../src/cli/main.js';

process.exitCode = await main(process.argv.slice(2));
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.send?.({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1024 });
process.disconnect?.();
