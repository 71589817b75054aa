import { expect, it } from 'vitest';
import { createStepChunk } from '../../src/chunk.ts';
import { type EarningsRecord, earnings } from '../../src/evaluation/earnings.ts';
import { createReportChunk } from '../../src/report-chunk.ts';

/** A step is [reward, success]; null opens an episode. */
type Lived = readonly [reward: number, success?: number] | null;
/** Episodes of return 3 (a success), 1 (a failure), 7 (a success), and one that never ends. */
const LIFE: readonly Lived[] = [null, [1], [2, 1], null, [1, 0], null, [3], [3], [1, 1], null, [100], [100]];

function score(life: readonly Lived[], { every = 6, from = 0, chunk = 4, breakAt = -1 } = {}) {
  const records: EarningsRecord[] = [];
  let scored = earnings({ every, from }, (record) => records.push(record));
  for (let first = 0; first < life.length; first += chunk) {
    if (first === breakAt) {
      const saved: unknown = JSON.parse(JSON.stringify(scored.save()));
      scored = earnings({ every, from }, (record) => records.push(record));
      scored.load(saved);
    }
    const steps = createStepChunk(chunk, 1);
    const part = life.slice(first, first + chunk);
    steps.length = part.length;
    part.forEach((lived, i) => {
      steps.start[i] = lived === null ? 1 : 0;
      steps.cumulant[i] = lived?.[0] ?? 0;
      steps.success[i] = lived?.[1] ?? NaN;
    });
    const report = createReportChunk(steps);
    report.length = part.length;
    scored.push(report);
  }
  scored.finish();
  return { records, final: scored.final() };
}

it('is the undiscounted return of the episodes that ended, and the share of those that reached their goal', () => {
  const { records, final } = score(LIFE);
  expect(final).toEqual({ return: (3 + 1 + 7) / 3, success: 2 / 3 });
  expect(records).toEqual([
    { step: 6, return: 2, success: 0.5, episodes: 2 },
    { step: 12, return: 7, success: 1, episodes: 1 },
  ]);
});

it('does not know the size of the chunks, nor that it was saved on the way', () => {
  const whole = score(LIFE);
  for (const chunk of [1, 5, 12]) expect(score(LIFE, { chunk })).toEqual(whole);
  for (const breakAt of [1, 2, 3, 7, 11]) expect(score(LIFE, { chunk: 1, breakAt })).toEqual(whole);
  expect(score(LIFE.slice(0, 9), { chunk: 1 })).not.toEqual(whole);
});

it('ends with the episodes that ended in the last steps', () => {
  expect(score(LIFE, { from: 4 }).final).toEqual({ return: 4, success: 0.5 }); // the second one ends at step 4
  expect(score(LIFE, { from: 5 }).final).toEqual({ return: 7, success: 1 });
});

it('where none ended in the last steps, counts the episode that goes on as it stands: a stuck agent is not left out', () => {
  expect(score(LIFE, { from: 9 }).final).toEqual({ return: 200, success: null });
  const stuck: Lived[] = [null, [1, 1], null, ...Array<Lived>(9).fill([-1, 0])];
  expect(score(stuck, { from: 6 }).final).toEqual({ return: -9, success: 0 });
  expect(score(stuck, { from: 1 }).final).toEqual({ return: 1, success: 1 }); // control: one ended
  expect(score(stuck, { from: 99 }).final).toEqual({ return: null, success: null }); // nothing was lived
});

it('leaves no line for steps in which nothing ended, and knows of no success where there is no goal', () => {
  const life: Lived[] = [null, [1], null, ...Array<Lived>(10).fill([0]), [5], null];
  expect(score(life, { every: 4 }).records).toEqual([
    { step: 4, return: 1, success: null, episodes: 1 },
    { step: 16, return: 5, success: null, episodes: 1 },
  ]);
});
