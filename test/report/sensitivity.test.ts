import { describe, expect, it } from 'vitest';
import { choose } from '../../src/report/choose.ts';
import { methodRow } from '../../src/report/method-row.ts';
import { methodsOf } from '../../src/report/methods.ts';
import { sensitivityPictures } from '../../src/report/sensitivity.ts';
import { finalError, madeUpSetting, settingRuns } from '../support/report-runs.ts';

/** Of settings whose rules are these and whose seeds have these errors. */
function pictures(settings: readonly { agent?: string; rule: object; errors: Readonly<Record<number, number>> }[]) {
  const all = settings.map(({ agent = 'a', rule, errors }) => settingRuns(madeUpSetting(agent, { ...rule }), errors));
  const rows = methodsOf(all).map((method) => methodRow(method, finalError(), choose(method, finalError(), true)));
  return sensitivityPictures(rows, 'Title', '');
}

const errors = { 0: 1, 1: 2 };

describe('pictures of hyperparameters', () => {
  it('are lines where one varies, a line per method with the chosen value in a ring', () => {
    const settings = ['a', 'b'].flatMap((agent) =>
      [0.1, 0.2].map((alpha) => ({ agent, rule: { alpha }, errors: { 0: alpha, 1: alpha } })),
    );
    const [only, ...rest] = pictures(settings);
    expect(rest).toEqual([]);
    expect(only!.name).toBe('sensitivity-rule-alpha');
    const values = JSON.stringify(only!.spec());
    expect(values).toContain('"name":"a","x":0.1,"mean":0.1,"seeds":2,"diverged":0,"isChosen":true');
    expect(values).toContain('"name":"b","x":0.2,"mean":0.2,"seeds":2,"diverged":0,"isChosen":false');
  });

  it('are a heat map where two vary, and one per pair where three do', () => {
    const two = [0.1, 0.2].flatMap((alpha) => [0.1, 0.2].map((theta) => ({ rule: { alpha, theta }, errors })));
    expect(pictures(two).map(({ name }) => name)).toEqual(['heat-map-rule-alpha-rule-theta']);
    const three = two.flatMap(({ rule }) => [1, 2].map((beta) => ({ rule: { ...rule, beta }, errors })));
    const names = pictures(three).map(({ title }) => title);
    expect(names).toEqual([
      'rule.alpha and rule.theta, others at their best',
      'rule.alpha and rule.beta, others at their best',
      'rule.theta and rule.beta, others at their best',
    ]);
  });

  it('show the others at their best, and what diverged where nothing else is', () => {
    const at = (alpha: number, theta: number, beta: number, error: number) => {
      return { rule: { alpha, theta, beta }, errors: { 0: error, 1: error } };
    };
    const settings = [
      at(1, 1, 1, 5),
      at(1, 1, 2, 3),
      at(1, 2, 1, NaN),
      at(1, 2, 2, 7),
      at(2, 1, 1, NaN),
      at(2, 2, 2, 8),
    ];
    const spec = JSON.stringify(pictures(settings)[0]!.spec());
    const cells = [...spec.matchAll(/"x":"(\d)","y":"(\d)".*?"value":([\d.]+|null)/g)].map(
      ([, x, y, v]) => `${x} ${y} ${v}`,
    );
    expect(new Set(cells)).toEqual(new Set(['1 1 3', '1 2 7', '2 1 null', '2 2 8']));
  });

  it('are none where nothing was tuned', () => {
    expect(pictures([{ rule: { alpha: 0.1 }, errors }])).toEqual([]);
  });
});
