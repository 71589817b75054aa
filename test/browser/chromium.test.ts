/** The bundle in a real browser, under a strict policy: the bits of Node, the playground, and a visitor's own lines. */
import { makeEnv } from '@rl-tools/envs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import columnar from '../../agents/columnar-td.ts';
import { agentSchema } from '../../src/agent.ts';
import { assemble } from '../../src/assemble.ts';
import { createInteraction } from '../../src/interaction.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { type Bundle, bundle } from './bundle.ts';
import { findChromium, type Visit, visit } from './chromium.ts';
import { learn, type Outcome } from './learn.ts';
import { maths } from './maths.ts';
import { TASKS } from './tasks.ts';

interface Played {
  readonly frames: number;
  readonly step: number;
  readonly error: string | null;
  readonly milliseconds: number;
  readonly perSecond: number;
}
type Learned = { readonly outcomes: readonly Outcome[]; readonly maths: readonly number[] };
type Report = { readonly learned: Learned } & Record<
  'cycle' | 'lines' | 'endless' | 'broken' | 'network' | 'imported',
  Played
>;

const chromium = findChromium();
if (chromium === null) console.warn('NO CHROMIUM: the package is not tested in a real browser');

describe.skipIf(chromium === null)('in Chromium, with no eval, no inline script and no host but its own', () => {
  let made: Bundle;
  let seen: Visit & { readonly report: Report };
  beforeAll(async () => {
    made = await bundle('test/browser/page.html');
    seen = (await visit(chromium!, made.folder, 'test/browser/page.html', 90_000)) as typeof seen;
    console.log(JSON.stringify({ ...seen.report, learned: undefined }));
  });
  afterAll(() => made.remove());

  it('a worker learns with the bits of Node; the reference path too where the engines compute exp and tanh alike', async () => {
    const library = { agentSchema, assemble, createInteraction, createReportChunk, makeEnv };
    const { outcomes, maths: theirs } = seen.report.learned;
    const isAlike = maths().every((value, i) => value === theirs[i]);
    for (const [i, task] of TASKS.entries()) {
      const own = await learn(library, { ...task, agent: columnar });
      if (task.path === 'compiled' || isAlike) expect(outcomes[i], task.name).toEqual(own);
      else own.weights.forEach((weight, j) => expect(outcomes[i]!.weights[j]).toBeCloseTo(weight, 9));
    }
    expect(new Set(outcomes.map(({ bits }) => bits)).size).toBe(TASKS.length);
    expect(Math.max(...maths().map((value, i) => Math.abs(value / theirs[i]! - 1) || 0))).toBeLessThan(1e-15);
  });

  it('the playground learns cycle world, drawn as the screen is', () => {
    const { error, step, frames, milliseconds } = seen.report.cycle;
    expect(error).toBeNull();
    expect(step).toBeGreaterThan(10_000);
    expect(frames).toBeGreaterThan(2);
    expect(frames).toBeLessThan(5 + milliseconds / 15);
  });

  it('own lines run; endless, broken or curious ones end in one line', () => {
    const { lines, endless, broken, network, imported } = seen.report;
    expect(lines).toMatchObject({ error: null });
    expect(endless.error).toBe('Your own lines failed: no step came within 2 s; does a loop in next() not end?');
    expect(broken.error).toMatch(/^Your own lines failed: line 2: .*Unexpected token/);
    expect(network.error).toMatch(/line 1: .*fetch is not defined/);
    expect(imported.error).toBe('Your own lines failed: line 1: import is not possible here');
  });

  it('the policy stopped what it must, and nothing else broke it', () => {
    const blocked = seen.breaches.map(
      (body) => (JSON.parse(body) as { 'csp-report': Record<string, string> })['csp-report'],
    );
    expect(blocked.filter((report) => !report['blocked-uri']!.startsWith('data'))).toEqual([]);
    expect(seen.asked.filter((path) => path === '/secret')).toEqual([]);
  });
});
