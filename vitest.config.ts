import { defineConfig } from 'vitest/config';

// Suites on real servers have a run of their own (vitest.servers.config.ts), in sequence, with servers that `npm test` starts. One that
// is named runs here too, on the servers of ASSAY_TEST_*.
const named = process.argv.some((word) => word.includes('.server.test'));

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/soak/**', ...(named ? [] : ['test/**/*.server.test.ts'])],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more forks than that only fight over them.
    maxWorkers: 2,
    pool: 'forks',
  },
});
