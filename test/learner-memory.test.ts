/** The steady state allocates nothing: counted in a process whose young generation is too large to be collected. */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const index = pathToFileURL('dist/src/index.js').href;
const STEPS = 50_000;

/** Bytes that `STEPS` steps leave behind, in the steady state; `extra` runs once per step. */
function bytes(agent: object, { extra = '', supervised = false } = {}): number {
  const script = `
    const { agentSchema, assemble, createStepChunk } = await import(${JSON.stringify(index)});
    const { createReportChunk } = await import(${JSON.stringify(new URL('report-chunk.js', index).href)});
    const agent = agentSchema.parse(${JSON.stringify(agent)});
    const actionSpace = { kind: 'discrete', n: 1 }; // one action may be taken in chunks
    const { learner } = await assemble(agent, { inputSize: 2, seed: 0, actionSpace });
    const chunk = createStepChunk(100, 2, 1, ${supervised});
    chunk.target?.forEach((_, i) => (chunk.target[i] = Math.cos(i)));
    chunk.length = 100;
    chunk.observation.forEach((_, i) => (chunk.observation[i] = Math.sin(i)));
    chunk.cumulant.fill(0.1);
    chunk.discount.fill(0.5);
    chunk.start[0] = 1;
    const report = createReportChunk(chunk);
    globalThis.kept = [];
    const live = () => {
      for (let i = 0; i < ${STEPS} / 100; i++) {
        learner.run(chunk, report);
        for (let j = 0; j < 100; j++) { ${extra} }
      }
    };
    const grown = () => {
      const before = process.memoryUsage().heapUsed;
      live();
      return process.memoryUsage().heapUsed - before;
    };
    // The compiler takes its time, much more on a busy machine: the least of many counts, once it has settled.
    let least = Infinity;
    for (let i = 0; i < 25 && least > ${STEPS}; i++) least = Math.min(least, grown());
    console.log(least);`;
  const flags = ['--max-semi-space-size=256', '--min-semi-space-size=256', '--input-type=module'];
  return Number(execFileSync(process.execPath, [...flags, '-e', script], { encoding: 'utf8' }));
}

const base = { summary: '', cite: '', features: { id: 'normalised' }, rule: { id: 'rmsprop' }, inputs: {}, clip: 1 };
const AGENTS = [
  { ...base, cell: { id: 'lstm-columns', columns: 2 }, estimator: { id: 'columnar' } },
  { ...base, cell: { id: 'tanh', units: 2 }, estimator: { id: 'snap' }, rule: { id: 'td-lambda' } },
  {
    ...base,
    cell: { id: 'tanh', units: 4, density: 0.4 },
    estimator: { id: 'snap', n: 2 },
    growth: { id: 'rigl', every: 1e8 }, // between two changes
  },
  ...['kernl', 'tbptt'].map((id) => ({
    ...base,
    cell: { id: 'gru', units: 2 },
    estimator: { id },
  })),
];

it.each(AGENTS)('$cell.id with $estimator.id: not even one number a step', (agent) => {
  expect(bytes(agent)).toBeLessThan(8 * STEPS); // a number on the heap takes 16
});

it.each([AGENTS[1]!, { ...AGENTS[1]!, estimator: { id: 'dni' } }])(
  '$cell.id with $estimator.id on targets: not even one number a step',
  (agent) => {
    expect(bytes(agent, { supervised: true })).toBeLessThan(8 * STEPS);
  },
);

it('one small object per step would be seen', () => {
  expect(bytes(AGENTS[0]!, { extra: 'globalThis.kept[j] = { j };' })).toBeGreaterThan(12 * STEPS);
});

it.each(['actor-critic', 'sarsa-lambda', 'q-lambda'])('acting by %s: not even one number a step', (id) => {
  expect(bytes({ ...AGENTS[0]!, head: { id } })).toBeLessThan(8 * STEPS);
});
