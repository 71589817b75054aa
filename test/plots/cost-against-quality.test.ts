import { describe, expect, it, vi } from 'vitest';
import { compile } from 'vega-lite';
import { costAgainstQuality, type CostPoint } from '../../src/plots/cost-against-quality.ts';
import { palette } from '../../src/plots/palette.ts';
import { renderSvg } from '../../src/plots/render-svg.ts';

const points: CostPoint[] = [
  { name: 'cheap', cost: 100, quality: 0.5, isOwn: false },
  { name: 'mine', cost: 5000, quality: 0.9, isOwn: true },
  { name: 'exact', cost: 1e6, quality: 1, isOwn: false },
];
const plot = (of: CostPoint[] = points) =>
  costAgainstQuality({ title: 'A title', xTitle: 'multiply-adds', yTitle: 'cosine', points: of, best: 1 });

/** Centres of the drawn points and their fills, in document order. */
const marksOf = (svg: string): { x: number; y: number; fill: string }[] =>
  [
    ...svg.matchAll(
      /<path aria-label="[^"]*" role="graphics-symbol"[^>]*transform="translate\(([\d.]+),([\d.]+)\)"[^>]*fill="([^"]+)"/g,
    ),
  ].map(([, x, y, fill]) => ({ x: Number(x), y: Number(y), fill: fill! }));

describe('cost against quality', () => {
  it('compiles without a warning', () => {
    const warn = vi.fn();
    const logger = { warn, error: warn, info: () => logger, debug: () => logger, level: () => logger };
    compile(plot(), { logger: logger as never });
    expect(warn).not.toHaveBeenCalled();
  });

  it('draws every point at its place on a logarithmic axis, the own one in another colour', async () => {
    const marks = marksOf(await renderSvg(plot()));
    expect(marks.map(({ fill }) => fill)).toEqual([palette[0], palette[0], palette[1]]); // the own one on top
    const byX = [...marks].sort((a, b) => a.x - b.x);
    const share = (byX[1]!.x - byX[0]!.x) / (byX[2]!.x - byX[0]!.x);
    expect(share).toBeCloseTo(Math.log10(50) / 4, 6);
    expect((byX[0]!.y - byX[1]!.y) / (byX[0]!.y - byX[2]!.y)).toBeCloseTo(0.8, 6);
  });

  it('names every point, both axes and itself', async () => {
    const texts = [...(await renderSvg(plot())).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);
    for (const words of ['A title', 'multiply-adds', 'cosine', 'cheap', 'mine', 'exact', '1k']) {
      expect(texts).toContain(words);
    }
  });

  it('marks no quality above the best', () => {
    for (const quality of [-0.3, 0.2, 0.97, 0.9999]) {
      const spec = JSON.stringify(plot([{ ...points[0]!, quality }]));
      const [, ticks] = /"format":"~g","values":\[([^\]]*)\]/.exec(spec)!;
      const values = ticks!.split(',').map(Number);
      expect(values.at(-1)).toBe(1);
      expect(values.length).toBeGreaterThanOrEqual(4);
      expect(values.length).toBeLessThanOrEqual(10);
    }
  });

  it('takes a single point, and refuses none', () => {
    expect(JSON.stringify(plot(points.slice(0, 1)))).not.toContain('null,null');
    expect(() => plot([])).toThrow('Cannot plot "A title": there are no points');
  });
});
