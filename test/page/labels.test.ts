import { describe, expect, it } from 'vitest';
import { runLabels, withoutCommon } from '../../src/page/parts/labels.ts';

describe('labels beside each other', () => {
  it('lose the agent that they all begin with, and nothing else', () => {
    expect(withoutCommon(['td a=1', 'td a=2'])).toEqual(['a=1', 'a=2']);
    expect(withoutCommon(['td', 'td a=2'])).toEqual(['td', 'a=2']);
    expect(withoutCommon(['td a=1', 'tdx a=1'])).toEqual(['td a=1', 'tdx a=1']);
    expect(withoutCommon(['td a=1'])).toEqual(['td a=1']);
    expect(withoutCommon([])).toEqual([]);
  });

  it('of runs end with their seeds, and are those alone where nothing else differs', () => {
    const runs = [
      { id: 'e/s/0', seed: 0 },
      { id: 'e/t/0', seed: 0 },
      { id: 'e/t/1', seed: 1 },
    ];
    expect(runLabels(runs, ['td a=1', 'td a=2', 'td a=2'])).toEqual(['a=1 seed 0', 'a=2 seed 0', 'a=2 seed 1']);
    expect(runLabels(runs.slice(1), ['td', 'td'])).toEqual(['seed 0', 'seed 1']);
  });

  it('of the same setting in two experiments name those', () => {
    const runs = ['e/s/0', 'f/s/0'].map((id) => ({ id, seed: 0 }));
    expect(runLabels(runs, ['td', 'td'])).toEqual(['seed 0 (e)', 'seed 0 (f)']);
  });
});
