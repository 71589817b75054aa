import { describe, expect, it } from 'vitest';
import type { GroupAlignment } from '../../src/audit/auditor.ts';
import { passive } from '../../src/audit/passive.ts';
import type { Taken } from '../../src/run/audit-entries.ts';
import type { AuditEnd } from '../../src/run/audit-one.ts';
import { AUDIT_COLUMNS, auditCells, auditRows, groupTable, type Window } from '../../src/run/audit-summary.ts';
import { createEstimator } from '../oracle/estimate.ts';
import { createCell } from '../oracle/problem.ts';

const alignment = (value: number, steps: number, group = value): GroupAlignment => {
  const of = (x: number) => ({ cosine: x, relativeError: 1 - x, normRatio: 2 * x, steps });
  return { ...of(value), groups: { first: of(group), second: of(0.25) } };
};

async function taken(label: string, id: string, isActive = false): Promise<Taken> {
  const cell = await createCell({ id: 'gru' });
  const estimator = passive(await createEstimator(cell, id));
  return { label, choice: { id }, isActive, estimator, isExact: estimator.exactOn(cell.rows) };
}

const END: AuditEnd = {
  status: 'done',
  steps: 30,
  seconds: 1,
  diverged: null,
  microseconds: { snap: 2.5, rtrl: NaN, gone: 1 },
  leftOut: [{ label: 'gone', reason: 'it gave up' }],
  msre: null,
  explained: null,
};

describe('the summary of an audit', () => {
  const windows: Window[] = [
    { step: 10, alignments: { snap: alignment(0.5, 10), rtrl: alignment(1, 10), gone: alignment(0.9, 10) } },
    { step: 20, alignments: { snap: alignment(NaN, 0), rtrl: alignment(NaN, 0) } }, // no reference in this window
    { step: 25, alignments: { snap: alignment(0.8, 5, 0.2), rtrl: alignment(1, 5) } },
  ];
  const rows = async (of: readonly Window[] = windows) =>
    auditRows([await taken('snap', 'snap', true), await taken('rtrl', 'rtrl'), await taken('gone', 'uoro')], of, END);

  it('weighs windows by the steps that they counted, over all and group by group', async () => {
    const [, snap] = await rows();
    expect(snap!.cosine).toBeCloseTo((10 * 0.5 + 5 * 0.8) / 15, 14);
    expect(snap!.relativeError).toBeCloseTo((10 * 0.5 + 5 * 0.2) / 15, 14);
    expect(snap!.normRatio).toBeCloseTo(2 * snap!.cosine!, 14);
    expect(snap!.groups['first']!.cosine).toBeCloseTo((10 * 0.5 + 5 * 0.2) / 15, 14);
    expect(snap!.groups['second']!.cosine).toBeCloseTo(0.25, 14);
  });

  it('puts the best first, with what each costs, and leaves out who gave up', async () => {
    const found = await rows();
    expect(found.map(({ estimator }) => estimator)).toEqual(['rtrl', 'snap']);
    const { estimator, isExact } = await taken('snap', 'snap');
    expect(found[1]).toMatchObject({
      isActive: true,
      isExact,
      macsPerStep: estimator.cost.macsPerStep,
      bytes: 8 * estimator.cost.entries,
      microseconds: 2.5,
    });
  });

  it('has null for what could not be measured', async () => {
    const [rtrl] = await rows();
    expect(rtrl!.microseconds).toBeNull();
    const nothing = await rows([{ step: 10, alignments: { snap: alignment(NaN, 0) } }]);
    expect(nothing.map(({ cosine }) => cosine)).toEqual([null, null]);
    for (const row of nothing) expect(auditCells(row).slice(1, 4)).toEqual(['-', '-', '-']);
  });

  it('marks the agent’s own in its table, one cell per column', async () => {
    const cells = (await rows()).map(auditCells);
    for (const line of cells) expect(line).toHaveLength(AUDIT_COLUMNS.length);
    expect(cells.map(([name]) => name)).toEqual(['rtrl', 'snap *']);
    const groups = groupTable(await rows())!;
    expect(groups.columns.map(({ title }) => title)).toEqual(['estimator', 'first', 'second']);
    expect(groups.cells[1]).toEqual(['snap', '0.400', '0.250']);
  });
});
