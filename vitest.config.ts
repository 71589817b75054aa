import { defineConfig } from 'vitest/config';

/** The quick suite: `npm test`, at most five minutes on two cores. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'envs/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/slow/**', 'test/cluster/slurm/**', 'test/e2e/**'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
