// The command line of a built installation, without set-up: what the container image starts.
import { main } from '../dist/src/cli/main.js';

process.exitCode = await main(process.argv.slice(2));
