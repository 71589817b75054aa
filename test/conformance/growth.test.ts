/** What every file of src/growth/ must keep: on columns in stages that a head reads, or where weights go on a sparse net. */
import { describe, expect, it } from 'vitest';
import { listParts, loadPart } from '../../src/registry.ts';
import { createLearner } from '../../src/learner.ts';
import type { Growth } from '../../src/types.ts';
import { carry, snapshot } from '../support/arrays.ts';
import { exchanging } from '../support/exchanging.ts';
import { alive, live, staged } from '../support/growing.ts';

/** Options with which something happens within a hundred steps. */
const FAST: Readonly<Record<string, object>> = {
  constructive: { stepsPerStage: 20 },
  'generate-and-test': { rate: 0.01, maturity: 5 },
  'magnitude-pruning': { begin: 10, every: 10, until: 80 },
  set: { every: 10 },
  rigl: { every: 10 },
};

async function create(id: string) {
  let growth: Growth | undefined;
  const own = { growth: { ...FAST[id], id } };
  const { restructures = false } = await loadPart('growth', id);
  const rule = { id: 'td-lambda', alpha: 0.01, lambda: 0.9 };
  const made = await alive(restructures ? exchanging({ ...own, rule }) : staged(own), (parts) => ({
    growth: (learner) => (growth = parts.growth!(learner)),
  }));
  return { ...made, growth: growth! };
}

describe.each(listParts('growth'))('growth %s', (id) => {
  it('names its source and rejects an option it does not have', async () => {
    const { cite, summary, options } = await loadPart('growth', id);
    expect(cite).toMatch(/^[a-z]+\d{4}[a-z]+$/);
    expect(summary).not.toBe('');
    expect(options.safeParse({ nonsense: 1 }).success).toBe(false);
  });

  it('has a kernel, or says why there is none', async () => {
    const { growth } = await create(id);
    expect((growth.kernel === undefined) !== (growth.noKernel === undefined)).toBe(true);
    expect(growth.macsPerStep).toBeGreaterThanOrEqual(0);
  });

  it('goes on from arrays and random stream as if nothing had happened, and an episode does not undo it', async () => {
    const [whole, first, second] = [await create(id), await create(id), await create(id)];
    live(whole, 0, 90);
    live(first, 0, 45);
    carry(first.learner, second.learner);
    second.rngs.growth.restore(first.rngs.growth.save());
    live(second, 45, 90);
    expect(snapshot(second.learner)).toEqual(snapshot(whole.learner));
    const fresh = await create(id); // control
    live(fresh, 45, 90);
    expect(snapshot(fresh.learner)).not.toEqual(snapshot(whole.learner));
    const before = snapshot(whole.growth);
    whole.learner.reset();
    expect(snapshot(whole.growth)).toEqual(before);
  });

  it('leaves everything as it is where nothing learns', async () => {
    const { parts } = await create(id);
    let growth: Growth | undefined;
    const make = parts.growth!;
    const learner = createLearner({ ...parts, growth: (site) => (growth = make(site)) }, { learning: false });
    const theta = [...parts.cell.params];
    const before = snapshot(growth!);
    live({ learner }, 0, 60);
    expect(snapshot(growth!)).toEqual(before);
    expect([...parts.cell.params]).toEqual(theta);
  });
});
