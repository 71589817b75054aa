/** A study's figures beside what it expects of them, outside of its table. */
import type { Expected, Study, StudySetting } from '../../src/experiment/study.ts';
import { canonicalJson } from '../../src/results/canonical-json.ts';
import { deviation, type Estimate, estimate } from '../../src/run/study-rows.ts';

export type Figures = Readonly<Record<string, Estimate>>; // by measure

export async function figuresOf(study: Study, setting: StudySetting, seeds: number): Promise<Figures> {
  const samples: Record<string, number[]> = {};
  for (let seed = 0; seed < seeds; seed++) {
    for (const [name, value] of Object.entries(await study.measure(setting, seed))) (samples[name] ??= []).push(value);
  }
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, estimate(values)]));
}

export function expectedAt(study: Study, setting: StudySetting): readonly Expected[] {
  return (study.expected ?? []).filter((one) => canonicalJson(one.for) === canonicalJson(setting));
}

/** Largest distance from what is expected there, in standard errors of the difference. */
export function farthest(figures: Figures, expected: readonly Expected[]): number {
  return Math.max(...expected.map((one) => Math.abs(deviation(figures[one.measure]!, one))));
}
