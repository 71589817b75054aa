/** Whether memory stays flat: what the process holds before and after many steps of a small learner. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Effort } from '../effort.ts';
import { progress } from '../progress.ts';
import { columns } from '../recipes.ts';
import { variant } from '../variant.ts';

export interface Flat {
  readonly steps: number;
  readonly before: NodeJS.MemoryUsage;
  readonly after: NodeJS.MemoryUsage;
}

export async function memoryCase({ isQuick }: Effort): Promise<Flat> {
  const steps = isQuick ? 1e6 : 1e7;
  progress(`memory over ${steps / 1e6} million steps`);
  const { run, steps: each } = await variant(columns(16, 'td-lambda'), { inputSize: 8 });
  const walk = (count: number): void => {
    for (let done = 0; done < count; done += each) run();
  };
  walk(steps / 10); // until compilers have settled
  const before = held();
  walk(steps);
  return { steps, before, after: held() };
}

/** Without garbage, whose amount is the collector's choice. */
function held(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage();
}
