import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['src/kernels/assembly/', '**/dist/', '**/node_modules/', 'results/', 'coverage/', 'site/']),
  js.configs.recommended,
  tseslint.configs.strict,
  {
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setImmediate: 'readonly',
        URL: 'readonly',
        WebAssembly: 'readonly',
      },
    },
    rules: {
      // Sizes are checked once, at construction; numeric loops then index freely.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is passed in: take an Rng.' },
      ],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
);
