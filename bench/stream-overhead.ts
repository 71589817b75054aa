/**
 * What the stream costs on top of a plain loop: the agent columnar-td in CCN trace patterning, the same steps once as
 * interact | learn and once as fill / run. Pairs take turns; the ratio's median over nine pairs of CPU times.
 *   npm run bench
 */
import { makeEnv } from '@rl-tools/envs';
import { lastValueFrom } from 'rxjs';
import columnarTd from '../agents/columnar-td.ts';
import { assemble } from '../src/assemble.ts';
import { createInteraction } from '../src/interaction.ts';
import { createReportChunk } from '../src/report-chunk.ts';
import { median } from '../src/statistics/median.ts';
import { interact } from '../src/stream/interact.ts';
import { learn } from '../src/stream/learn.ts';

const PAIRS = 9;
const STEPS = 20_000;
const options = { seed: 0, steps: STEPS };

const fresh = async () => ({
  env: await makeEnv('ccn-trace-patterning'),
  learner: (await assemble(columnarTd, { inputSize: 12, seed: 0 })).learner,
});

async function cpu(act: () => Promise<unknown>): Promise<number> {
  const begin = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(begin);
  return user + system;
}

async function loop(): Promise<number> {
  const { env, learner } = await fresh();
  return cpu(async () => {
    const life = createInteraction(env, options);
    const report = createReportChunk(life.chunk);
    while (life.fill()) learner.run(life.chunk, report);
  });
}

async function stream(): Promise<number> {
  const { env, learner } = await fresh();
  return cpu(() => lastValueFrom(interact(env, options).pipe(learn(learner))));
}

await loop(); // warm-up
await stream();
const ratios: number[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  // Who goes first alternates.
  const first = pair % 2 === 0 ? await loop() : await stream();
  const second = pair % 2 === 0 ? await stream() : await loop();
  ratios.push(pair % 2 === 0 ? second / first : first / second);
}
const range = `${Math.min(...ratios).toFixed(3)} .. ${Math.max(...ratios).toFixed(3)}`;
console.log(
  `\nstream / plain loop, CPU time of ${STEPS} steps: median ${median(ratios).toFixed(3)} (${range}, ${PAIRS} pairs)`,
);
