/** A head on fixed traces of what was seen: what SwiftTD is worth there, by the studies conditioning and irrelevant-features. */
import { describe, expect, it } from 'vitest';
import conditioning from '../../experiments/conditioning.ts';
import irrelevantFeatures from '../../experiments/irrelevant-features.ts';
import { expectedAt, figuresOf } from '../support/study-figures.ts';

const STEPS = 400_000; // of the noted figures
const show = (what: string, value: number): number => {
  console.log(`${what}: ${value.toFixed(4)}`);
  return value;
};

async function error(problem: string, learner: string, seeds: number): Promise<{ ours: number; noted: number }> {
  const setting = { problem, learner, steps: STEPS };
  const { msre } = await figuresOf(conditioning, setting, seeds);
  const [noted] = expectedAt(conditioning, setting);
  return { ours: show(`${problem}, ${learner}`, msre!.mean), noted: noted!.value };
}

it('among ten distractors SwiftTD is no worse than Adam, and within a twentieth of the figure noted', async () => {
  const swift = await error('trace, 10 distractors', 'tiles, swift-td', 3);
  const adam = await error('trace, 10 distractors', 'tiles, adam', 3);
  const zero = await error('trace, 10 distractors', 'zero', 1);
  expect(swift.ours).toBeLessThanOrEqual(adam.ours);
  expect(Math.abs(swift.ours / swift.noted - 1)).toBeLessThanOrEqual(0.05);
  expect(adam.ours).toBeLessThan(zero.ours / 3); // liveness
});

it.each(['trace, ISI 10', 'trace, ISI 20', 'trace, ISI 30'])(
  '%s: SwiftTD is within a twentieth of the figure noted',
  async (problem) => {
    const { ours, noted } = await error(problem, 'tiles, swift-td', 2);
    expect(Math.abs(ours / noted - 1)).toBeLessThanOrEqual(0.05);
  },
);

describe('400 random bits beside the traces', () => {
  const study = (learner: string, irrelevant: number) =>
    figuresOf(irrelevantFeatures, { learner, irrelevant, steps: 60_000 }, 3);
  const ratio = async (learner: string): Promise<number> =>
    show(`400 bits / none, ${learner}`, (await study(learner, 400)).msre!.mean / (await study(learner, 0)).msre!.mean);

  it('cost SwiftTD at most a tenth of its error, and a fixed step size more than a quarter', async () => {
    expect(await ratio('swift-td, .001, .01')).toBeLessThanOrEqual(1.1);
    expect(await ratio('true online, .01')).toBeGreaterThan(1.25); // control
  });

  it('get a tenth of the step size of the best eight features or less', async () => {
    const { share } = await study('swift-td, .001, .01', 400);
    expect(show('share', share!.mean)).toBeLessThanOrEqual(0.1);
    expect(share!.mean).toBeGreaterThan(0);
    const { share: others } = await study('tidbd, .01, .01', 400); // control
    expect(show('share of tidbd', others!.mean)).toBeGreaterThan(0.5);
  });
});
