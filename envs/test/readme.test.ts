import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listEnvs, makeEnv } from '../registry.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

describe('README', () => {
  test('shows the environment that the tests run, word for word', () => {
    const example = read('./example/corridor.ts').replaceAll('../../index.ts', '@rl-tools/envs');
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(40);
  });

  test.each(listEnvs())('lists %s with the discount and the floors, if it has any', async (id) => {
    const { floors, discount } = (await makeEnv(id)).metadata;
    if (floors === null) return;
    const { zero, constant, timing, ideal } = floors;
    const cells = [zero, constant, timing, ideal].map((x) => (x === null ? '–' : x.toFixed(5)));
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${id}\``));
    expect(row?.split('|').map((cell) => cell.trim())).toEqual(expect.arrayContaining([...cells, String(discount)]));
  });
});
