import { describe, expect, it } from 'vitest';
import { statusGrid } from '../../src/plots/status-grid.ts';
import { type GridStatus, gridStatuses, statusMarks } from '../../src/plots/status-marks.ts';
import { faultsOf, having, longNames, textsIn } from '../support/pictures.ts';

const seeds = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const settings = [
  { label: 'alpha=0.1', statuses: ['done', 'done', 'running', 'failed'] },
  { label: 'alpha=1', statuses: ['diverged', 'interrupted', 'missing', 'missing'] },
] as const;
const plot = (change = {}) => statusGrid({ title: 'Runs', seeds: seeds(4), settings, ...change });
const many = (rows: number, columns: number, status: (row: number) => GridStatus = () => 'done') => ({
  seeds: seeds(columns),
  settings: Array.from({ length: rows }, (_, i) => ({ label: `s${i}`, statuses: seeds(columns).map(() => status(i)) })),
});

/** The rectangles with a state, left to right and down. */
const cells = (spec: unknown): { status: string; x: number; x2: number; y: number; count?: number }[] =>
  having(spec, 'status').filter((row) => 'x2' in row) as never;

describe('the status grid', () => {
  it('has a square for every run, seeds across and settings down', () => {
    const sorted = [...cells(plot())].sort((a, b) => a.y - b.y || a.x - b.x);
    expect(sorted.map(({ status }) => status)).toEqual(settings.flatMap(({ statuses }) => statuses));
    expect(new Set(sorted.map(({ y }) => y)).size).toBe(2);
    expect(new Set(sorted.map(({ x }) => x)).size).toBe(4);
  });

  it('tells states apart by colour and by symbol, and says how many there are of those that occur', async () => {
    const marks = gridStatuses.map((status) => statusMarks[status]);
    expect(new Set(marks.map(({ fill }) => fill)).size).toBe(gridStatuses.length);
    expect(new Set(marks.map(({ path }) => path)).size).toBe(gridStatuses.length);
    const texts = await textsIn(plot());
    for (const words of ['done 2', 'running 1', 'failed 1', 'diverged 1', 'interrupted 1', 'missing 2']) {
      expect(texts).toContain(words);
    }
    expect(texts).toEqual(expect.arrayContaining(['alpha=0.1', 'alpha=1', 'seed', '2 settings, 4 seeds, 8 runs']));
    expect((await textsIn(plot(many(1, 1)))).join(' ')).not.toContain('failed');
  });

  it('stays a grid up to 60 settings and 100 seeds, and is bars beyond', () => {
    expect(cells(plot(many(60, 100)))).toHaveLength(6000);
    const tall = cells(plot(many(61, 2)));
    expect(tall).toHaveLength(61);
    expect(tall.every(({ count }) => count === 2)).toBe(true);
    expect(cells(plot(many(1, 101)))).toHaveLength(1);
  });

  it('has bars that are as long as there are runs in a state, end to end', () => {
    const statuses = [...Array<GridStatus>(90).fill('done'), ...Array<GridStatus>(30).fill('missing')];
    const [done, missing] = cells(plot({ seeds: seeds(120), settings: [{ label: 'a', statuses }] }));
    expect([done!.status, missing!.status]).toEqual(['done', 'missing']);
    expect((done!.x2 - done!.x) / (missing!.x2 - missing!.x)).toBeCloseTo(3, 10);
    expect(missing!.x).toBe(done!.x2);
  });

  it('shows of very many settings those with the most left to do, and says so', async () => {
    const spec = plot(many(300, 2, (row) => (row === 299 ? 'missing' : row === 0 ? 'diverged' : 'done')));
    const texts = await textsIn(spec);
    expect(texts.join(' ')).toContain('300 settings, 2 seeds, 600 runs; shown: the 100 with the most left to do');
    expect(texts).toContain('s299');
    expect(texts).toContain('s0'); // the first of those that are over, for a diverged run is over too
    expect(texts).not.toContain('s150');
  });

  it('is whole with one run and with long names of sixty settings', async () => {
    const long = many(60, 100);
    const shapes = [
      many(1, 1),
      { ...long, settings: long.settings.map((one, i) => ({ ...one, label: longNames[i % 12]! })) },
    ];
    for (const shape of shapes) expect(await faultsOf(() => plot(shape))).toEqual([]);
  });

  it('refuses what it cannot draw, in one line', () => {
    expect(() => plot({ settings: [] })).toThrow('Cannot plot "Runs": there are no runs');
    expect(() => plot({ seeds: seeds(3) })).toThrow('"alpha=0.1" needs 3 states, one per seed, got 4');
  });
});
