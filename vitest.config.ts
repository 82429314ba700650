import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/soak/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more forks than that only fight over them.
    maxWorkers: 2,
    pool: 'forks',
  },
});
