import { describe, expect, it } from 'vitest';
import { curveReader } from '../../src/report/curves.ts';
import { methodTable } from '../../src/report/experiment-tables.ts';
import { choose } from '../../src/report/choose.ts';
import { methodRow } from '../../src/report/method-row.ts';
import { methodsOf } from '../../src/report/methods.ts';
import { type MetricName, metricOf } from '../../src/report/metric.ts';
import { summaryColumns, summaryRow } from '../../src/run/summary-row.ts';
import { referenceLines } from '../../src/run/result.ts';
import { madeUpSetting, settingRuns } from '../support/report-runs.ts';

const told = madeUpSetting('teller', {}, { target: 'bits' });
const runs = settingRuns(told, { 0: 0.5, 1: 0.7 });
/** The same runs, as those of an agent that tells classes. */
const ofClasses = {
  ...runs,
  runs: runs.runs.map((run) => ({ ...run, result: { ...run.result, msre: null, explained: null, bits: 2 + run.result.msre!, excess: run.result.msre! } })), // prettier-ignore
};
const metric = (name: MetricName, setting = told) => metricOf(name, setting, curveReader());

describe('agents that tell classes', () => {
  it('are compared by bits, or by bits beyond the entropy rate; lower is better', () => {
    const [run] = ofClasses.runs;
    expect(metric('final')).toMatchObject({ title: 'final bits per prediction', lower: true });
    expect(metric('final').valueOf(run!)).toBe(2.5);
    expect(metric('excess')).toMatchObject({ title: 'bits beyond the entropy rate', lower: true });
    expect(metric('excess').valueOf(run!)).toBe(0.5);
    expect(metric('excess').valueOf(runs.runs[0]!)).toBe(null);
    expect(() => metric('explained')).toThrow('Cannot use --metric explained: classes are scored by bits');
  });

  it('are the only ones with an excess', () => {
    for (const target of ['return', 'episodes']) {
      const setting = madeUpSetting('a', {}, { target });
      expect(() => metric('excess', setting)).toThrow('Cannot use --metric excess: only bits of classes have one');
    }
  });

  it('have both in the tables of a report and of a run', () => {
    const [method] = methodsOf([ofClasses]);
    const { columns, rows } = methodTable([methodRow(method!, metric('final'), choose(method!, metric('final'), false))]); // prettier-ignore
    const cell = (title: string): string => rows[0]![columns.findIndex((column) => column.title === title)]!;
    expect([cell('mean'), cell('excess')]).toEqual(['2.60', '0.600']);
    const results = ofClasses.runs.map(({ result }) => result);
    const titles = summaryColumns('bits').map(({ title }) => title);
    const cells = summaryRow({ label: 'teller', setting: told, runs: results });
    expect([titles[1], titles[3], cells[1], cells[3]]).toEqual(['bits', 'excess', '2.60', '0.600']);
    const climbing = results.map((one, i) => ({ ...one, level: 5 + i }));
    expect(summaryColumns('bits', climbing)[3]!.title).toBe('level');
    expect(summaryRow({ label: 'teller', setting: told, runs: climbing })[3]).toBe('5.50');
  });

  it('have curves between what frequencies, the latest observation and all that is known cost', () => {
    const metadata = { id: 'a', cite: null, discount: 0, floors: null };
    const bits = { order0: 3, order1: 2.5, ideal: 2 };
    expect(referenceLines(told, { ...metadata, bits })).toEqual([
      { name: 'best constant', value: 3 },
      { name: 'latest observation', value: 2.5 },
      { name: 'entropy rate', value: 2 },
    ]);
    expect(referenceLines(told, { ...metadata, bits: { ...bits, ideal: null } })).toHaveLength(2);
    expect(referenceLines(told, metadata)).toEqual([]);
    expect(referenceLines(madeUpSetting('a'), { ...metadata, bits })).toEqual([]);
  });
});
