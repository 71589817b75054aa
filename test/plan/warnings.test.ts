import { describe, expect, it } from 'vitest';
import { warnings } from '../../src/plan/warnings.ts';
import type { Rows } from '../../src/types.ts';
import { createCell } from '../oracle/problem.ts';

const NOTHING = { readout: new Int32Array(0), feedback: false, lambda: null, discount: null, delay: null };
const rowsOf = async (id: string, options = {}): Promise<Rows> => (await createCell({ id, options })).rows;

/** The same rows without what units read of their own state. */
function selfless(rows: Rows, upTo = rows.units): Rows {
  const [start, source]: [number[], number[]] = [[0], []];
  for (let r = 0; r < rows.count; r++) {
    const unit = rows.dest[rows.destStart[r]!]!;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const isOwn = rows.source[e] === rows.inputSize + 1 + unit;
      if (!isOwn || unit >= upTo) source.push(rows.source[e]!);
    }
    start.push(source.length);
  }
  const directLive = rows.directLive.map(() => 0);
  return { ...rows, start: Int32Array.from(start), source: Int32Array.from(source), directLive };
}

describe('warnings', () => {
  it('says nothing of independent columns', async () => {
    expect(warnings({ rows: await rowsOf('lstm-columns'), ...NOTHING })).toEqual([]);
  });

  it('says that snap n=1 is the immediate gradient where units do not read themselves', async () => {
    const rows = await rowsOf('tanh', { units: 10, density: 0.4 });
    expect(warnings({ rows, ...NOTHING })).toEqual([]);
    expect(warnings({ rows: selfless(rows), ...NOTHING })[0]).toBe(
      'no unit has a connection to itself: there columnar and snap n=1 are the immediate gradient; keep self-connections',
    );
    expect(warnings({ rows: selfless(rows, 3), ...NOTHING })[0]).toContain(
      '3 of 10 units have no connection to itself',
    );
  });

  it('says that a leaky unit needs no weight on itself', async () => {
    const rows = await rowsOf('tanh', { units: 10, density: 0.4 });
    expect(warnings({ rows: { ...selfless(rows), directLive: rows.directLive }, ...NOTHING })).toEqual([]);
  });

  it('says where parameters move several units within one step, and what that costs', async () => {
    const dense = await rowsOf('deep-columns', { columns: 4, lateral: 1 });
    const [wide] = warnings({ rows: dense, ...NOTHING });
    expect(wide).toMatch(
      /^parameters move up to 4 units within one step: snap n=1 keeps \d\.\d numbers per parameter$/,
    );
  });

  it('says that on a dense net snap n=2 is everything', async () => {
    expect(warnings({ rows: await rowsOf('gru'), ...NOTHING })).toEqual([
      'the net is dense: snap n>=2 is full RTRL; make it sparse, or of columns, for something in between',
    ]);
  });

  it('compares how long an eligibility lasts with the delay of the environment', async () => {
    const rows = await rowsOf('lstm-columns');
    const short = warnings({ rows, ...NOTHING, lambda: 0.9, discount: 0.9, delay: 10 });
    expect(short).toEqual([
      "eligibility lasts 1/(1-gamma lambda) = 5.3 steps, the environment's delay is up to 10: raise lambda",
    ]);
    expect(warnings({ rows, ...NOTHING, lambda: 1, discount: 0.9, delay: 10 })).toEqual([]);
    expect(warnings({ rows, ...NOTHING, lambda: 0.9, discount: 0.9, delay: 5 })).toEqual([]);
  });

  it('says that traces on the own unit teach nothing below the top of a stack', async () => {
    const layers = [
      { id: 'gru', units: 3 },
      { id: 'lru', units: 2 },
    ];
    const noteOn = async (options: object): Promise<boolean> => {
      const { rows, readout } = await createCell({ id: 'stack', options: { layers, ...options } });
      return warnings({ ...NOTHING, rows, readout }).some((note) => note.startsWith('heads read the top layer alone'));
    };
    expect(await noteOn({})).toBe(true);
    expect(await noteOn({ heads: 'all' })).toBe(false);
    expect(await noteOn({ delayed: true })).toBe(false); // nothing above moves within the step; docs/stacks.md
  });

  it('says that behind a random matrix no gradient is exact', async () => {
    const rows = await rowsOf('lstm-columns');
    expect(warnings({ rows, ...NOTHING, feedback: true })).toEqual([
      'errors go back through a random matrix: no gradient is exact, whatever the estimator',
    ]);
  });

  it('says what an eligibility per question costs', async () => {
    const rows = await rowsOf('lstm-columns');
    const question = { cumulant: 'reward', discount: null, until: null, lambda: null } as const;
    const ask = (count: number, recurrent: 'exact' | 'cheap') =>
      warnings({ rows, ...NOTHING, horde: { questions: Array.from({ length: count }, () => question), recurrent } });
    expect(ask(12, 'exact')).toEqual([
      expect.stringMatching(/^12 questions, .*: 12 pulls a step and [\d,]+ numbers; /),
    ]);
    expect(ask(12, 'cheap')).toEqual([]);
    expect(ask(1, 'exact')).toEqual([]);
  });
});
