import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listWrappers } from '../entry-point.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

test('README shows an example of the API that runs, word for word', async () => {
  const example = read('./example/api.ts').replaceAll('../../index.ts', '@rl-tools/envs').split('\nexport ')[0]!;
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  const { again, blind, observations, squares } = await import('./example/api.ts');
  expect(String(again)).toBe(String(blind));
  expect(observations).toHaveLength(16);
  expect(squares).toBeGreaterThan(0);
});

test.each(listWrappers())('README names %s', (name) => {
  expect(readme).toContain(`\`${name}\``);
});
