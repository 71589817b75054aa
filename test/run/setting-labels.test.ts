/** Names of settings: what tells them apart, and no more. */
import { describe, expect, it } from 'vitest';
import { settingLabels } from '../../src/run/setting-labels.ts';

const setting = (rule: object, more: object = {}) => ({
  agent: { id: 'td', cell: { id: 'gru', units: 3 }, rule: { id: 'idbd', alpha: 0.1, ...rule } },
  env: { id: 'ring', isi: [1, 2] },
  steps: 9,
  ...more,
});

describe('a label', () => {
  it('is the agent alone where nothing else differs', () => {
    expect(settingLabels([setting({})])).toEqual(['td']);
    expect(settingLabels([setting({}), { ...setting({}), agent: { id: 'other' } }])).toEqual(['td', 'other']);
  });

  it('names the leaves that differ, those of the agent without its name', () => {
    const ring = (isi: number[]): object => ({ env: { id: 'ring', isi } });
    expect(
      settingLabels([setting({}, ring([1, 2])), setting({ alpha: 0.2 }, ring([1, 2])), setting({}, ring([3, 4]))]),
    ).toEqual([
      'td rule.alpha=0.1 env.isi=[1,2]',
      'td rule.alpha=0.2 env.isi=[1,2]',
      'td rule.alpha=0.1 env.isi=[3,4]',
    ]);
  });

  it('names a part that differs, and options among settings of the same part alone', () => {
    const all = [{}, { alpha: 0.2 }, { id: 'lms', eta: 5 }].map((rule) => setting(rule));
    expect(settingLabels(all)).toEqual(['td rule=idbd rule.alpha=0.1', 'td rule=idbd rule.alpha=0.2', 'td rule=lms']);
  });

  it('leaves out what follows from the number of steps', () => {
    const lives = [10, 20].map((steps) => setting({}, { steps, every: steps / 5, window: steps / 10 }));
    expect(settingLabels(lives)).toEqual(['td steps=10', 'td steps=20']);
    const windows = [1, 2].map((window) => setting({}, { window })); // control
    expect(settingLabels(windows)).toEqual(['td window=1', 'td window=2']);
  });

  it('is never that of another setting', () => {
    const lives = [10, 10].map((steps, i) => setting({}, { steps, window: i + 1 }));
    const [first, second] = settingLabels([...lives, setting({}, { steps: 20, window: 2 })]);
    expect(first).toMatch(/^td steps=10 [0-9a-f]{10}$/);
    expect(second).toMatch(/^td steps=10 [0-9a-f]{10}$/);
    expect(second).not.toBe(first);
  });

  it('shows fractions to six digits, and whole numbers whole', () => {
    const all = [0.1, 0.000316227766017].map((alpha) => setting({ alpha }));
    expect(settingLabels(all)).toEqual(['td rule.alpha=0.1', 'td rule.alpha=0.000316228']);
    expect(settingLabels([9, 1234567].map((steps) => setting({}, { steps })))[1]).toBe('td steps=1234567');
    const close = [0.1, 0.1000000001].map((alpha) => settingLabels([setting({ alpha }), setting({ alpha: 3 })])[0]);
    expect(close).toEqual(['td rule.alpha=0.1', 'td rule.alpha=0.1']); // control: alike, in different plans
    const [one, other] = settingLabels([0.1, 0.1000000001].map((alpha) => setting({ alpha })));
    expect(one).not.toBe(other);
  });

  it('calls files by their names', () => {
    const own = ['/home/me/a/wave.ts', '/home/me/b/wave.ts'].map((id) => setting({}, { env: { id } }));
    const [first, second] = settingLabels(own);
    expect(first).toMatch(/^td env=wave\.ts [0-9a-f]{10}$/);
    expect(second).not.toBe(first);
    expect(settingLabels([{ ...setting({}), agent: { id: './mine.ts' } }])).toEqual(['mine.ts']);
  });
});
