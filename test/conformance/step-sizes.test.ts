/** What every file of src/step-sizes/ must keep. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { listParts, loadPart } from '../../src/registry.ts';
import type { Credit, StepSizeRule, WeightGroup } from '../../src/types.ts';
import { carry, snapshot } from '../support/arrays.ts';

const SIZES = { cell: 5, head: 3 } as const;

function createGroups(): WeightGroup[] {
  return (['cell', 'head'] as const).map((name) => ({
    name,
    weights: new Float64Array(SIZES[name]).fill(0.5),
    gradient: new Float64Array(SIZES[name]),
    ...(name === 'head'
      ? { features: new Float64Array(SIZES[name]) }
      : { reach: { sensitivity: new Float64Array(SIZES[name]), feature: Int32Array.of(0, 1, 2, -1, 0) } }),
  }));
}

/** A rule may have no step size, and one of the head alone keeps no eligibility of the cell. */
const takes = async (id: string, options: object): Promise<boolean> =>
  (await loadPart('step-sizes', id)).options.safeParse(options).success;
const moves = (rule: StepSizeRule, { name }: WeightGroup): boolean => `z.${name}` in rule.arrays;

async function createRule(id: string, options: object = {}) {
  const part = await loadPart('step-sizes', id);
  const groups = createGroups();
  const rule = part.create(part.options.parse(options), createRng('rule'), { groups });
  return { rule, groups, weights: () => groups.map(({ weights }) => [...weights]) };
}

/** A life of random errors and gradients in the learner's order: phi, apply, then the gradient and trace. */
function live(rule: StepSizeRule, groups: readonly WeightGroup[], steps: number, seed = 'life'): void {
  const rng = createRng(seed);
  for (let t = 0; t < steps; t++) {
    const credit: Credit = {
      delta: rng.normal(),
      v_tm1: rng.normal(),
      v_t: rng.normal(),
      discount_t: t % 5 === 4 ? 0 : 0.9,
      ratio: t % 3 === 2 ? 0.5 : 1,
      supervised: false,
      combined: false,
    };
    for (const { features } of groups) features?.forEach((_, i) => (features[i] = rng.normal()));
    rule.apply(credit);
    for (const { gradient, features, reach } of groups) {
      reach?.sensitivity.forEach((_, i) => (reach.sensitivity[i] = rng.normal()));
      for (let i = 0; i < gradient.length; i++) gradient[i] = features ? features[i]! : rng.normal();
    }
    rule.trace(credit);
  }
}

const sizesOf = (rule: StepSizeRule, groups: readonly WeightGroup[]): number[][] =>
  groups
    .filter((group) => moves(rule, group))
    .map(({ name, weights }) => {
      const sizes = new Float64Array(weights.length);
      rule.stepSizes(name, sizes);
      return [...sizes];
    });

describe.each(listParts('step-sizes'))('step-size rule %s', (id) => {
  it('moves the weights, and not with a step size of 0', async () => {
    const control = await createRule(id);
    const before = control.weights();
    live(control.rule, control.groups, 30);
    control.groups.forEach((group, g) => {
      const moved = [...group.weights].map((w, i) => w !== before[g]![i]);
      expect(moved).toEqual(moved.map(() => moves(control.rule, group)));
    });
    if (!(await takes(id, { alpha: 0 }))) return;
    const still = (await takes(id, { alpha: 0, headAlpha: 0 })) ? { alpha: 0, headAlpha: 0 } : { alpha: 0 };
    const { rule, groups, weights } = await createRule(id, still);
    live(rule, groups, 30);
    expect(weights()).toEqual(before);
  });

  it('gives the head a step size of its own where asked for', async () => {
    if (!(await takes(id, { headAlpha: 0 }))) return;
    const { rule, groups, weights } = await createRule(id, { headAlpha: 0 });
    const [cell, head] = weights();
    live(rule, groups, 30);
    expect(weights()[1]).toEqual(head);
    expect(weights()[0]).not.toEqual(cell);
  });

  it('begins anew, or stands still, where it is told to', async () => {
    const [fresh, old] = [await createRule(id), await createRule(id)];
    const start = snapshot(fresh.rule);
    live(old.rule, old.groups, 30);
    const lived = snapshot(old.rule);
    for (const { name } of old.groups) old.rule.restart(name, 0, SIZES[name] - 1);
    const after = snapshot(old.rule);
    for (const [name, values] of Object.entries(after)) {
      const size = SIZES[name.split('.')[1] as keyof typeof SIZES];
      if (values.length !== size) continue; // of the rule as a whole
      expect(values.slice(0, -1)).toEqual(start[name]!.slice(0, -1));
      expect(values.at(-1)).toBe(lived[name]!.at(-1));
    }
    expect(after).not.toEqual(lived);
    const standing = old.weights();
    const none: Credit = { delta: 3, v_tm1: 0, v_t: 1, discount_t: 0.9, ratio: 1, supervised: false, combined: false };
    old.rule.apply(none);
    old.weights().forEach((weights, g) => expect(weights.slice(0, -1)).toEqual(standing[g]!.slice(0, -1)));
  });

  it('does nothing before there is an eligibility', async () => {
    const { rule, weights } = await createRule(id);
    const before = weights();
    rule.apply({ delta: 3, v_tm1: 0, v_t: 1, discount_t: 0.9, ratio: 1, supervised: false, combined: false });
    expect(weights()).toEqual(before);
  });

  it('continues bit by bit from arrays that were saved', async () => {
    const a = await createRule(id);
    live(a.rule, a.groups, 30);
    const [b, control] = [await createRule(id), await createRule(id)];
    carry(a.rule, b.rule);
    for (const twin of [b, control]) twin.groups.forEach(({ weights }, g) => weights.set(a.groups[g]!.weights));
    for (const twin of [a, b, control]) live(twin.rule, twin.groups, 20, 'future');
    expect(b.weights()).toEqual(a.weights());
    expect(snapshot(b.rule)).toEqual(snapshot(a.rule));
    expect(control.weights()).not.toEqual(a.weights());
  });

  it('forgets the eligibility at reset and keeps what it has learned about step sizes', async () => {
    const { rule, groups, weights } = await createRule(id);
    live(rule, groups, 30);
    const [before, standing, sizes] = [snapshot(rule), weights(), sizesOf(rule, groups)];
    rule.reset();
    const after = snapshot(rule);
    for (const [name, values] of Object.entries(after)) {
      if (name.startsWith('z.')) expect(before[name]!.some((value) => value !== 0)).toBe(true);
      if (values.every((value) => value === 0)) continue; // a trace
      // What it learned; or a copy of that from before the latest update, which nothing separates from it any more.
      expect([before[name], after[`h.${name.split('.')[1]!}`]]).toContainEqual(values);
    }
    expect(sizesOf(rule, groups)).toEqual(sizes);
    expect(weights()).toEqual(standing);
    if ('m.head' in rule.arrays) return; // momentum goes on
    const delta: Credit = { delta: 3, v_tm1: 0, v_t: 1, discount_t: 0.9, ratio: 1, supervised: false, combined: false };
    rule.apply(delta);
    expect(weights()).toEqual(standing);
  });

  it('has its eligibility in the layout of the weights, under names of the groups', async () => {
    const { rule, groups } = await createRule(id);
    expect(rule.arrays).toMatchObject({ 'z.head': SIZES.head });
    for (const group of groups) {
      if (moves(rule, group)) expect(rule.arrays[`z.${group.name}`]).toBe(SIZES[group.name]);
      else expect(await takes(id, { alpha: 0 })).toBe(false); // a step size moves everything
    }
    expect(rule.macsPerStep).toBeGreaterThan(0);
  });
});
