import { defineConfig } from 'vitest/config';

// Suites on real servers: one after the other, because some of them kill the servers. `npm test` starts these.
export default defineConfig({
  test: {
    include: ['test/**/*.server.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
