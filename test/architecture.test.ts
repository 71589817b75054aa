/** The directions of imports and the laws of the house (support/architecture.ts), each with a file that breaks it. */
import { readFileSync } from 'node:fs';
import { listEnvs, loadEnv } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../src/kinds.ts';
import { listFolder, listParts, loadPart } from '../src/registry.ts';
import { loadAgent } from '../src/agent-by-name.ts';
import { readSources, violations } from './support/architecture.ts';

const sources = readSources();

it('the house is clean', () => {
  expect(sources.size).toBeGreaterThan(100);
  expect(violations(sources)).toEqual([]);
});

describe('a file that breaks a rule is caught', () => {
  const cases: [path: string, words: string, text: string][] = [
    ['envs/evil.ts', 'envs is a leaf', "import type { Cell } from '../src/types.ts';"],
    ['envs/tasks/evil.ts', 'envs does without streams and logs', "import { Subject } from 'rxjs';"],
    ['src/evil.ts', 'rxjs belongs to src/stream and src/run', "import { map } from 'rxjs/operators';"],
    ['src/results/evil.ts', 'rxjs belongs to src/stream and src/run', "import { Observable } from 'rxjs';"],
    ['src/run/evil.ts', 'pino belongs to src/log', "import type { Logger } from 'pino';"],
    ['src/cells/evil.ts', 'a part knows no other part', "import tanh from './tanh.ts';"],
    ['src/heads/evil.ts', 'a part knows no other part', "import { rtrl } from '../estimators/rtrl.ts';"],
    ['src/estimators/evil.ts', 'a part does not know who uses it', "import type { Learner } from '../learner.ts';"],
    ['src/growth/evil.ts', 'a part does not know who uses it', "export { learn } from '../stream/learn.ts';"],
    ['src/features/evil.ts', 'a part needs no machine', "const fs = await import('node:fs');"],
    ['src/evil.ts', 'the learner is below streams, runs and recipes', "import { runOne } from './run/run-one.ts';"],
    ['src/stream/evil.ts', 'streams are below runs and recipes', "import { runOne } from '../run/run-one.ts';"],
    ['src/statistics/evil.ts', 'are below runs', "import { runOne } from '../run/run-one.ts';"],
    ['src/run/evil.ts', 'runs are below the command line', "import { guard } from '../cli/guard.ts';"],
    ['src/cluster/evil.ts', 'above results and below the command', "import { runOne } from '../run/run-one.ts';"],
    ['src/run/evil.ts', 'a run knows the scratch disk', "import { shareOut } from '../cluster/parts.ts';"],
    ['src/report/evil.ts', 'reports are below the command line', "import { guard } from '../cli/guard.ts';"],
    ['src/run/evil.ts', 'nothing but the command line makes reports', "import { htmlPage } from '../report/html.ts';"],
    ['src/export/evil.ts', 'exports are below the command line', "import { guard } from '../cli/guard.ts';"],
    ['src/run/evil.ts', 'and the dashboard exports', "import { crc32c } from '../export/crc32c.ts';"],
    ['src/dashboard/evil.ts', 'the dashboard is below', "import { guard } from '../cli/guard.ts';"],
    ['src/run/evil.ts', 'opens a dashboard', "import { createDashboard } from '../dashboard/server.ts';"],
    ['src/page/evil.tsx', 'knows types', "import { createDashboard } from '../dashboard/server.ts';"],
    ['src/run/evil.ts', 'nothing imports a page', "import { ticks } from '../page/plots/ticks.ts';"],
    ['src/browser/evil.ts', 'no machine underneath', "import { join } from 'node:path';"],
    ['src/run/evil.ts', 'put there by the bundler', "import { addPart } from '../browser/registry.ts';"],
    ['agents/evil.ts', 'a recipe is data', "import { createLearner } from '../src/learner.ts';"],
    ['experiments/evil.ts', 'an experiment does not stream', "import { learn } from '../src/stream/learn.ts';"],
    ['src/evil.ts', 'src/evil.ts says any', 'export const f = (x: any): number => x;'],
    ['src/evil.ts', 'uses Math.random', 'export const f = () => Math.random();'],
    ['agents/evil.ts', 'has 301 lines', '// line\n'.repeat(301)],
  ];
  it.each(cases)('%s: %s', (path, words, text) => {
    const found = violations(new Map([...sources, [path, text]]));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it('a cycle, but not one of types alone', () => {
    const circle = (word: string) =>
      violations(
        new Map([...sources, ['src/a.ts', "import { b } from './b.ts';"], ['src/b.ts', `${word} from './a.ts';`]]),
      );
    expect(circle('import { a }')).toEqual(['src/a.ts -> src/b.ts -> src/a.ts is a cycle']);
    expect(circle('import type { a }')).toEqual([]);
  });

  it('a machine below the learner, however deep', () => {
    const rows = sources.get('src/rows.ts')!;
    const deep = violations(new Map([...sources, ['src/rows.ts', `import { join } from 'node:path';\n${rows}`]]));
    expect(deep).toEqual([
      'src/learner.ts loads node:path: it runs anywhere',
      'src/browser/index.ts loads node:path: a browser has none',
    ]);
    const schema = violations(new Map([...sources, ['src/rows.ts', `import { z } from 'zod';\n${rows}`]]));
    expect(schema).toEqual(['src/learner.ts loads zod: it runs anywhere']);
    const stream = sources.get('src/stream/learn.ts')!;
    const far = violations(new Map([...sources, ['src/stream/learn.ts', `import 'node:fs';\n${stream}`]]));
    expect(far).toEqual(['src/browser/index.ts loads node:fs: a browser has none']);
  });

  it('and words in comments and strings are no breach', () => {
    const text = "// import x from './tanh.ts': any Math.random\nexport const text = \"import { x } from 'rxjs'\";\n";
    expect(violations(new Map([...sources, ['src/cells/fine.ts', text]]))).toEqual([]);
  });
});

describe('every source is in docs/references.bib', () => {
  const bib = readFileSync('docs/references.bib', 'utf8');
  const known = (cite: string): boolean => new RegExp(`^@\\w+\\{${cite},`, 'm').test(bib);

  it.each(KINDS)('of %s', async (kind) => {
    for (const id of listParts(kind)) expect(known((await loadPart(kind, id)).cite), id).toBe(true);
  });

  it('of agents', async () => {
    for (const id of listFolder('../agents')) expect(known((await loadAgent(id)).cite ?? 'none'), id).toBe(true);
  });

  it('of environments', async () => {
    for (const id of listEnvs()) expect(known((await loadEnv(id)).cite ?? 'none'), id).toBe(true);
  });

  it('and nowhere else', () => {
    expect(known('nobody2099nothing')).toBe(false);
    expect(known('javed2021')).toBe(false);
  });
});
