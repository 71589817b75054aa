import { defineConfig } from 'vitest/config';

/** Long statistical and fault suites: `npm run test:slow`. Their results are written down in experiments/README.md. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
