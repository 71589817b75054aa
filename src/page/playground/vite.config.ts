/** Builds the playground into dist/playground: a static page, its worker, and the kernels. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// Times of a build, and recipes that are loaded both by name and as they are, are no mistakes.
const checks = { bundlerTimings: false, ineffectiveDynamicImport: false };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  worker: { format: 'es', rolldownOptions: { checks } },
  build: {
    outDir: fileURLToPath(new URL('../../../dist/playground', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { checks },
  },
});
