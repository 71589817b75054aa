import type { EnvMetadata } from '@rl-tools/envs';
import type { ReferenceLine } from '../plots/y-domain.ts';
import type { RunStatus } from '../results/run-record.ts';
import { explainedFraction } from '../statistics/explained-fraction.ts';
import type { Setting } from './setting.ts';

/** null: nothing was scored, or the environment knows no floors. */
export interface RunScores {
  readonly msre: number | null; // mean squared error over the last `window` steps
  readonly explained: number | null; // (constant - msre) / (constant - ideal)
  readonly questions?: Readonly<Record<string, number | null>>; // msre of each, where the head asks its own; msre: the mean
  readonly return?: number | null; // mean undiscounted return of the episodes that ended in them; where that is the target
  readonly success?: number | null; // share of these that reached the environment's goal, where it has one
  readonly bits?: number | null; // mean -log2 p of the class that came, in them; where classes are told
  readonly excess?: number; // bits beyond the entropy rate, where the environment knows it
  readonly tokens?: number; // steps of all lanes together, where there are several
  readonly level?: number; // of a curriculum, where the run ended
  readonly solved?: number; // what all of its sequences reach by now
}

/** How a run ended. */
export interface RunEnd {
  readonly status: RunStatus;
  readonly steps: number;
  readonly diverged: string | null; // the array that held a NaN or infinity
  readonly nsPerStep: number; // CPU time of the process, environment and scoring included
  readonly seconds: number;
  readonly parameters: number;
  readonly macsPerStep: number;
  readonly scores: RunScores;
}

/** What `run --json` prints, one per run. */
export interface RunResult extends Omit<RunEnd, 'scores'>, RunScores {
  readonly folder: string;
  readonly agent: string;
  readonly env: string;
  readonly seed: string | number;
  readonly error: string | null; // one line, where the run failed
}

export function runScores(msre: number | null, setting: Setting, metadata: EnvMetadata): RunScores {
  const floors = floorsOf(setting, metadata);
  if (floors === null || msre === null) return { msre, explained: null };
  return { msre, explained: explainedFraction({ msre, constant: floors.constant, ideal: floors.ideal }) };
}

/** The environment's error floors, where they belong to what is predicted and scored: same target, same discount. */
export function floorsOf({ target, discount }: Setting, metadata: EnvMetadata): EnvMetadata['floors'] {
  const sameQuestion = discount === null || discount === metadata.discount;
  return sameQuestion && metadata.floors?.target === target ? metadata.floors : null;
}

/** What reference predictors reach in the figure of the target, by name: lines of a picture of learning curves. */
export function referenceLines(setting: Setting, metadata: EnvMetadata): ReferenceLine[] {
  return Object.entries(references(setting, metadata)).flatMap(([name, value]) =>
    value === null ? [] : { name, value },
  );
}

function references(setting: Setting, metadata: EnvMetadata): Readonly<Record<string, number | null>> {
  if (setting.target === 'bits') {
    const { bits } = metadata;
    return bits ? { 'best constant': bits.order0, 'latest observation': bits.order1, 'entropy rate': bits.ideal } : {};
  }
  const floors = floorsOf(setting, metadata);
  if (floors === null) return {};
  return { 'best constant': floors.constant, 'timing alone': floors.timing, ideal: floors.ideal };
}
