/**
 * What the stream costs on top of a plain loop: 20 LSTM columns, the agent columnar-td, in CCN trace patterning, the
 * same steps once as interact | learn and once as fill / run, both in chunks. Pairs take turns; the median over the
 * pairs of the ratio of CPU times.
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
import type { Effort } from './effort.ts';
import { progress } from './progress.ts';

export interface StreamOverhead {
  readonly steps: number; // of a sample
  readonly nsPerStep: number; // of the plain loop, environment included
  readonly ratios: readonly number[]; // stream / loop, pair by pair
  readonly ratio: number; // their median
}

export async function streamOverhead({ isQuick }: Effort): Promise<StreamOverhead> {
  progress('stream overhead');
  const pairs = isQuick ? 9 : 15;
  const steps = isQuick ? 50_000 : 100_000;
  await loop(steps); // warm-up
  await stream(steps);
  const ratios: number[] = [];
  const loops: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    // Who goes first alternates.
    const isLoopFirst = pair % 2 === 0;
    const first = isLoopFirst ? await loop(steps) : await stream(steps);
    const second = isLoopFirst ? await stream(steps) : await loop(steps);
    ratios.push(isLoopFirst ? second / first : first / second);
    loops.push(isLoopFirst ? first : second);
  }
  return { steps, nsPerStep: (median(loops) * 1000) / steps, ratios, ratio: median(ratios) };
}

const fresh = async () => ({
  env: await makeEnv('ccn-trace-patterning'),
  learner: (await assemble(columnarTd, { inputSize: 12, seed: 0 })).learner,
});

/** Microseconds. */
async function cpu(act: () => Promise<unknown>): Promise<number> {
  const begin = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(begin);
  return user + system;
}

async function loop(steps: number): Promise<number> {
  const { env, learner } = await fresh();
  return cpu(async () => {
    const life = createInteraction(env, { seed: 0, steps });
    const report = createReportChunk(life.chunk);
    while (life.fill()) learner.run(life.chunk, report);
  });
}

async function stream(steps: number): Promise<number> {
  const { env, learner } = await fresh();
  return cpu(() => lastValueFrom(interact(env, { seed: 0, steps }).pipe(learn(learner))));
}
