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

  test('names every environment in its section on tasks, and in its tables nothing else', () => {
    const section = readme.slice(readme.indexOf('\n## Tasks\n'));
    const words = new Set([...section.matchAll(/`([^`]+)`/g)].map(([, word]) => word));
    expect(listEnvs().filter((id) => !words.has(id))).toEqual([]);
    const cells = [...section.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)]);
    expect(cells.length).toBeGreaterThan(40);
    expect(cells.map(([, id]) => id).filter((id) => !listEnvs().includes(id!))).toEqual([]);
  });

  test('links to nothing that the package leaves out', () => {
    const { files } = JSON.parse(read('../package.json')) as { files: string[] };
    const links = (text: string) => [...text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, target]) => target!);
    expect(links('[code](tasks/x.ts), [paper](https://x.org)')).toEqual(['tasks/x.ts']);
    const isPacked = (target: string) => files.some((file) => target === file || target.startsWith(`${file}/`));
    expect(links(readme).filter((target) => !isPacked(target))).toEqual([]);
    expect([isPacked('tasks/x.ts'), isPacked('dist/index.js')]).toEqual([false, true]);
  });
});
