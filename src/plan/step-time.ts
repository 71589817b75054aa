/**
 * What a step will take. Where one is short the learner itself is timed, on random steps; where it is long, two smaller
 * nets of the same parts are, and time is taken to grow with multiply-adds as it does between them:
 *   us(macs) = a + b macs
 */
import { createRng } from '@rl-tools/envs';
import type { AgentConfig } from '../agent.ts';
import { assemble, type AssembleNeeds, assembleReference } from '../assemble.ts';
import { createStepChunk } from '../chunk.ts';
import type { Cost } from '../planner.ts';
import { createReportChunk } from '../report-chunk.ts';
import { median } from '../statistics/median.ts';
import { UserError } from '../user-error.ts';
import { shrink } from './shrink.ts';

export interface StepTime {
  readonly us: number;
  readonly path: 'reference' | 'compiled';
  readonly isTimed: boolean; // false: from smaller nets
}

export interface TimingNeeds extends AssembleNeeds {
  readonly cost: Cost; // planned
  readonly hasTargets?: boolean; // for estimators that learn from targets alone
  readonly clock: () => number; // ms
}

const SHORT = 1e6; // multiply-adds of a step that is worth timing as it is
const SMALL = 2 ** 26; // bytes of influence, likewise
const STEPS = 32; // of a chunk

/** null: too long, and the cell has no size to make smaller. */
export async function stepTime(agent: AgentConfig, needs: TimingNeeds): Promise<StepTime | null> {
  if (isShort(needs.cost)) return { ...(await time(agent, needs)), isTimed: true };
  const sizes = await smallerNets(agent, needs);
  if (sizes === null) return null;
  const [large, small] = sizes;
  const slope = Math.max(0, (large.us - small.us) / Math.max(1, large.macs - small.macs));
  const perMac = slope === 0 ? large.us / large.macs : slope;
  return { us: large.us + perMac * (needs.cost.macsPerStep - large.macs), path: large.path, isTimed: false };
}

const isShort = ({ macsPerStep, bytes }: Cost): boolean => macsPerStep <= SHORT && bytes <= SMALL;

/** The largest nets of at most SHORT and SHORT / 16 multiply-adds, timed; null: there are none. */
async function smallerNets(agent: AgentConfig, needs: TimingNeeds): Promise<[Sample, Sample] | null> {
  const found: Sample[] = [];
  // Multiply-adds grow with the units' fourth power at most: none of these is far too small.
  let factor = Math.min(0.7, (SHORT / needs.cost.macsPerStep) ** 0.25);
  for (; factor > 1e-3 && found.length < 2; factor *= 0.7) {
    const smaller = shrink(agent, factor);
    if (smaller === null) return null;
    const { cost } = await assembleReference(smaller, needs); // takes no memory for influence yet
    const most = found.length === 0 ? SHORT : SHORT / 16;
    if (cost.macsPerStep > most || !isShort(cost)) continue;
    found.push({ ...(await time(smaller, needs)), macs: cost.macsPerStep });
  }
  return found.length === 2 ? [found[0]!, found[1]!] : null;
}

interface Sample extends Pick<StepTime, 'us' | 'path'> {
  readonly macs: number;
}

async function time(agent: AgentConfig, needs: TimingNeeds): Promise<Pick<StepTime, 'us' | 'path'>> {
  const { learner, chosen } = await assemble(agent, needs);
  const rng = createRng('plan');
  const length = learner.action < 0 ? STEPS : 1; // an agent that acts is asked at every step
  const steps = createStepChunk(length, needs.inputSize, learner.questions, needs.hasTargets ?? false);
  steps.length = length;
  steps.observation.forEach((_, i) => (steps.observation[i] = rng.normal()));
  for (const given of [steps.cumulant, steps.target]) given?.forEach((_, i) => (given[i] = 0.1 * rng.normal()));
  steps.discount.fill(0.5);
  const report = createReportChunk(steps);
  /** One long episode; an estimator that holds so many steps and no more begins anew. */
  const run = (): void => {
    try {
      learner.run(steps, report);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      begin();
    }
  };
  const begin = (): void => {
    steps.start[0] = 1;
    learner.run(steps, report);
    steps.start[0] = 0;
  };
  const samples: number[] = [];
  const spend = (ms: number): number => {
    const from = needs.clock();
    let runs = 0;
    for (; runs === 0 || needs.clock() - from < ms; runs++) run();
    return ((needs.clock() - from) * 1000) / (runs * length);
  };
  begin();
  spend(WARM_MS);
  for (let sample = 0; sample < 5; sample++) samples.push(spend(SAMPLE_MS));
  return { us: median(samples), path: chosen.path };
}

const WARM_MS = 30;
const SAMPLE_MS = 8;
