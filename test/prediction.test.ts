import { makeEnv, prediction } from '@rl-tools/envs';
import { expect, test } from 'vitest';
import { createInteraction } from '../src/interaction.ts';

test.each(['trace-patterning', 'ccn-trace-patterning', 'cart-pole'])(
  'prediction of the environments’ package lives the steps of %s that the framework learns from',
  async (id) => {
    const options = { seed: 'run 7', discount: 0.8 };
    const { chunk, fill } = createInteraction(await makeEnv(id), options);
    const stream = prediction(await makeEnv(id), options);
    const other = prediction(await makeEnv(id), { ...options, seed: 'run 8' });
    let differ = 0;
    for (let k = 0; k < 4; k++) {
      fill();
      for (let i = 0; i < chunk.length; i++) {
        const { observation, cumulant, discount, start, value } = stream.next();
        const size = observation.length;
        const learnt = chunk.observation.subarray(i * size, (i + 1) * size);
        expect([...observation, cumulant, discount, Number(start), value]).toEqual([
          ...[...learnt, chunk.cumulant[i], chunk.discount[i], chunk.start[i], chunk.value[i]],
        ]);
        if (other.next().observation.some((x, j) => x !== learnt[j])) differ++;
      }
    }
    expect(differ).toBeGreaterThan(0);
  },
);
