import { defineConfig } from 'vitest/config';

/** The pages in a real Chromium: `npm run test:pages`. One after the other: a browser beside busy tests has no time to draw. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
