/**
 * One net of columns on one thread and on two, in wall-clock time: CPU time counts both. Lower where the machine's
 * other core is busy with something else.
 */
import { assemble } from '../../src/assemble.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { median } from '../../src/statistics/median.ts';
import type { Effort } from '../effort.ts';
import { progress } from '../progress.ts';
import { recipe, rule } from '../recipes.ts';
import { ring } from '../ring.ts';

export interface ThreadsResult {
  readonly size: string;
  readonly one: number; // ns per step
  readonly two: number;
}

const SIZES = [
  [64, 32],
  [256, 32],
  [1024, 64],
] as const;

export async function threadsCase(effort: Effort): Promise<ThreadsResult[]> {
  const results: ThreadsResult[] = [];
  for (const [columns, inputs] of SIZES) {
    const size = `${columns}x${inputs}`;
    progress(`lstm-columns ${size} on two threads`);
    const [one, two] = [await runner(columns, inputs, 1), await runner(columns, inputs, 2)];
    const samples = { one: [] as number[], two: [] as number[] };
    for (let round = 0; round < effort.rounds; round++) {
      samples.one.push(wall(one, effort.sampleMs));
      samples.two.push(wall(two, effort.sampleMs));
    }
    results.push({ size, one: median(samples.one), two: median(samples.two) });
  }
  return results;
}

async function runner(columns: number, inputSize: number, threads: number): Promise<() => number> {
  const agent = recipe({ id: 'lstm-columns', columns }, { id: 'columnar' }, rule('td-lambda', columns));
  const { learner } = await assemble(agent, { inputSize, seed: 0, path: 'compiled', precision: 'f32', threads });
  const steps = ring(inputSize, 256)[0]!;
  const report = createReportChunk(steps);
  return () => {
    learner.run(steps, report);
    return steps.length;
  };
}

/** ns per step over at least so many milliseconds, after one chunk to warm up. */
function wall(run: () => number, ms: number): number {
  run();
  const begin = performance.now();
  let steps = 0;
  let spent = 0;
  while (spent < ms) {
    steps += run();
    spent = performance.now() - begin;
  }
  return (spent * 1e6) / steps;
}
