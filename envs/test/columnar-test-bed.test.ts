import { expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { meanOf, meanSquare } from './stream.ts';

test('columnar-test-bed has sequences of 50 rows of 50 fair bits, with targets of noise that its floors know', async () => {
  const env = await makeEnv('columnar-test-bed');
  const plain = createRng(4);
  const targets: number[] = [];
  let [bits, off] = [0, 0];
  for (let episode = 0; episode < 200; episode++) {
    let x = env.reset(episode === 0 ? { seed: 4 } : {})[0] as Float64Array;
    for (let t = 0; ; t++) {
      const expected = Float64Array.from({ length: 50 }, () => (plain.uniform() < 0.5 ? 1 : 0));
      if (expected.some((bit, i) => bit !== x[i])) off++;
      bits += expected.reduce((sum, bit) => sum + bit, 0);
      const y = 50 * (2 * plain.uniform() - 1);
      if (env.value!() !== y) off++;
      targets.push(y);
      const [next, reward, terminated] = env.step(0);
      if (reward !== y || terminated !== (t === 49)) off++;
      if (terminated) break;
      x = next as Float64Array;
    }
    expect(env.value!()).toBeNaN();
  }
  expect(off).toBe(0);
  expect(Math.abs(bits / (200 * 50 * 50) - 0.5)).toBeLessThan(0.004);
  const { floors } = env.metadata;
  expect(floors!.ideal).toBeCloseTo(2500 / 3, 9);
  expect(Math.abs(meanSquare(targets) / floors!.zero - 1)).toBeLessThan(0.05);
  expect(Math.abs(meanOf(targets))).toBeLessThan(1.5);
  expect(meanSquare(targets.map((y, i) => y - (targets[i - 1] ?? 0)))).toBeGreaterThan(1.8 * floors!.ideal); // the control
});
