/** Runs one command line and tells the process that started it what it cost. */
import { main } from '../../src/cli/main.js';
import { processResources } from '../../src/observe/index.js';

process.exitCode = await main(process.argv.slice(2));
process.send?.(processResources());
process.disconnect?.();
