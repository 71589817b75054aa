/** Lanes allocate nothing once they run: counted as in learner-memory.test.ts. */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const index = pathToFileURL('dist/src/index.js').href;
const STEPS = 20_000;

/** Bytes that `STEPS` steps of three lanes leave behind, in the steady state. */
function bytes(agent: object, path: string, extra = ''): number {
  const script = `
    const { agentSchema, assembleLanes } = await import(${JSON.stringify(index)});
    const agent = agentSchema.parse(${JSON.stringify(agent)});
    const { learner } = await assembleLanes(agent, { inputSize: 2, questions: 3, seed: 0, path: '${path}' });
    const streams = [0, 1, 2].map((b) => Array.from({ length: 50 }, (_, t) => {
      const target = new Float64Array(3);
      target[(t * (b + 2)) % 3] = 1;
      return { observation: Float64Array.of(Math.sin(t + b), Math.cos(t * b)), target, start: t === 0 };
    }));
    const ticks = streams[0].map((_, t) => streams.map((stream) => stream[t]));
    globalThis.kept = [];
    const grown = () => {
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < ${STEPS} / 50; i++) for (let t = 0; t < 50; t++) { learner.step(ticks[t]); ${extra} }
      return process.memoryUsage().heapUsed - before;
    };
    let least = Infinity;
    for (let i = 0; i < 25 && least > ${STEPS}; i++) least = Math.min(least, grown());
    console.log(least);`;
  const flags = ['--max-semi-space-size=256', '--min-semi-space-size=256', '--input-type=module'];
  return Number(execFileSync(process.execPath, [...flags, '-e', script], { encoding: 'utf8' }));
}

const agent = {
  summary: '',
  lanes: 3,
  cell: { id: 'gru', units: 2 },
  estimator: { id: 'snap' },
  features: { id: 'raw' },
  head: { id: 'softmax' },
  rule: { id: 'adam' },
  clip: 1,
};

it.each([
  { updateEvery: 1, path: 'reference' },
  { updateEvery: 'episode', path: 'reference' },
  { updateEvery: 1, path: 'compiled' },
  { updateEvery: 4, path: 'compiled' },
] as const)('updates every $updateEvery on the $path path: not even one number a step', ({ updateEvery, path }) => {
  expect(bytes({ ...agent, updateEvery }, path)).toBeLessThan(8 * STEPS); // a number on the heap takes 16
});

it('one small object per step would be seen', () => {
  expect(bytes(agent, 'compiled', 'globalThis.kept[t] = { t };')).toBeGreaterThan(12 * STEPS);
});
