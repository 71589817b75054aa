/** What a step leaves on the heap: nothing, through stepInto. Counted in the build, where the collector has no cause. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const index = new URL('../dist/index.js', import.meta.url).href;
// Compiled in step with the program: beside it, on a loaded machine, now and then a draw is not inlined, and its number boxed.
const compiler = ['--no-concurrent-recompilation'];
const flags = [...compiler, '--max-semi-space-size=256', '--min-semi-space-size=256', '--input-type=module'];

/** Bytes per step of `life`, the least of several rounds: the compiler takes its time. */
function bytesPerStep(id: string, life: string, { warm = 3e6, rounds = 10, rng = 'fast' } = {}): number {
  const script = `
    const { makeEnv } = await import(${JSON.stringify(index)});
    const env = await makeEnv(${JSON.stringify(id)}, { rng: '${rng}' });
    const out = { observation: new Float64Array(env.observationSpace.size), reward: 0, terminated: false, truncated: false };
    env.resetInto(out, { seed: 1 });
    const live = (steps) => { for (let t = 0; t < steps; t++) ${life}; };
    const grown = (steps) => {
      const before = process.memoryUsage().heapUsed;
      live(steps);
      return process.memoryUsage().heapUsed - before;
    };
    live(${warm});
    let least = Infinity;
    for (let i = 0; i < ${rounds}; i++) {
      const bytes = grown(2e5);
      if (bytes >= 0) least = Math.min(least, bytes / 2e5);
    }
    console.log(least);`;
  return Number(execFileSync(process.execPath, [...flags, '--eval', script], { encoding: 'utf8' }));
}

// One number on the heap per trial of trace-patterning, some 110 steps, would be 0.146 bytes per step.
test.each(['trace-patterning', 'trace-conditioning', 'baird', 'compass-world', 'hidden-markov-text'])(
  '%s leaves nothing',
  (id) => {
    expect(bytesPerStep(id, 'env.stepInto(0, out)')).toBeLessThan(0.1);
  },
);

// A number on the heap for every draw would be some 100 bytes per step of trace-conditioning.
test.each(['trace-patterning', 'trace-conditioning'])("%s leaves next to nothing with NumPy's generators", (id) => {
  for (const rng of ['numpy', 'mt19937']) {
    expect(bytesPerStep(id, 'env.stepInto(0, out)', { warm: 1e6, rounds: 4, rng })).toBeLessThan(2);
  }
});

test('the tuple form leaves its tuples, which this can see', () => {
  expect(bytesPerStep('trace-patterning', 'env.step(0)', { warm: 1e5, rounds: 2 })).toBeGreaterThan(50);
});
