import { describe, expect, it } from 'vitest';
import type { EstimatorPlan } from '../../src/plan/plan-agent.ts';
import { recommend } from '../../src/plan/recommend.ts';

const plan = (label: string, over: Partial<EstimatorPlan>): EstimatorPlan => ({
  estimator: { id: label },
  label,
  gradient: 'biased',
  kept: null,
  entries: 1,
  bytes: 8,
  macsPerStep: 10,
  time: { us: 1, path: 'reference', isTimed: true },
  needsTargets: false,
  longest: null,
  ...over,
});
const us = (value: number) => ({ time: { us: value, path: 'reference', isTimed: true } }) as const;

const PLANS = [
  plan('rtrl', { gradient: 'exact', kept: 1, macsPerStep: 1000, ...us(100) }),
  plan('slow-exact', { gradient: 'exact', macsPerStep: 9000, ...us(900) }),
  plan('snap-2', { kept: 0.5, macsPerStep: 200, ...us(20) }),
  plan('snap-1', { kept: 0.1, macsPerStep: 50, ...us(5) }),
  plan('leak', { kept: 0.1, macsPerStep: 45, ...us(5) }),
  plan('noisy', { gradient: 'unbiased', macsPerStep: 40, ...us(4) }),
  plan('window', { macsPerStep: 30, ...us(3) }),
  plan('finite', { gradient: 'exact', macsPerStep: 1, ...us(0.1), longest: 100 }),
  plan('dreamer', { macsPerStep: 1, ...us(0.1), needsTargets: true }),
  plan('nothing', { gradient: 'none', macsPerStep: 0, ...us(0.1) }),
];

describe('recommend', () => {
  it.each([
    { budget: {}, takes: 'rtrl', why: 'the fastest exact one' },
    { budget: { us: 50 }, takes: 'snap-2', why: 'the one that keeps most' },
    { budget: { us: 10 }, takes: 'snap-1', why: 'of those that keep as much, the one with more of D' },
    { budget: { macs: 45 }, takes: 'leak', why: 'what is left' },
    { budget: { macs: 40 }, takes: 'noisy', why: 'no bias rather than a window' },
    { budget: { macs: 30 }, takes: 'window', why: 'whatever learns' },
    { budget: { macs: 1000, us: 15 }, takes: 'snap-1', why: 'both budgets hold' },
  ])('takes $takes for $budget: $why', ({ budget, takes }) => {
    expect(recommend(PLANS, budget)?.label).toBe(takes);
  });

  it('takes nothing where nothing that learns fits', () => {
    expect(recommend(PLANS, { us: 1 })).toBeNull();
  });

  it('does not trust a time that nobody could tell', () => {
    expect(recommend([plan('untimed', { gradient: 'exact', time: null })], { us: 1e9 })).toBeNull();
    expect(recommend([plan('untimed', { gradient: 'exact', time: null })], { macs: 1e9 })?.label).toBe('untimed');
  });
});
