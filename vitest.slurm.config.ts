import { defineConfig } from 'vitest/config';

/** Sweeps on a real Slurm, started by the test: `npm run test:slurm`. Time limits of Slurm are minutes. */
export default defineConfig({
  test: {
    include: ['test/cluster/slurm/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
