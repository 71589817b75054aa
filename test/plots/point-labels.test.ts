import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { placeNames, type PlacedName, type Point } from '../../src/plots/point-labels.ts';

const ROOM = { width: 700, height: 400, lines: [] };

/** As wide and high as the text is taken to be. */
const boxOf = ({ left, middle, name }: PlacedName) => ({
  left,
  right: left + 6.8 * name.length,
  top: middle - 6.5,
  bottom: middle + 6.5,
});
type Box = ReturnType<typeof boxOf>;
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('names of points', () => {
  it('stand to the right, at the height of the point, where nothing is in the way', () => {
    const [placed] = placeNames([{ x: 100, y: 200, name: 'alone' }], ROOM);
    expect(placed).toEqual({ x: 100, y: 200, name: 'alone', left: 109, middle: 200, line: null });
  });

  it('stand to the left where there is no room at the right', () => {
    const [placed] = placeNames([{ x: 690, y: 200, name: 'edge' }], ROOM);
    expect(boxOf(placed!).right).toBeCloseTo(681, 10);
    expect(placed!.middle).toBe(200);
  });

  it('keep off lines across', () => {
    const [placed] = placeNames([{ x: 100, y: 200, name: 'edge' }], { ...ROOM, lines: [200] });
    const { top, bottom } = boxOf(placed!);
    expect(top >= 200 || bottom <= 200).toBe(true);
  });

  it('lie on no other name, on no point and inside the plot, in a crowd as well', () => {
    const rng = createRng('points');
    for (let round = 0; round < 30; round++) {
      const points = Array.from({ length: 16 }, (_, i): Point => ({
        x: 150 + 400 * rng.uniform(),
        y: 100 + 200 * rng.uniform() ** 3,
        name: `method ${i}`,
      }));
      const placed = placeNames(points, ROOM);
      expect(placed.map(({ name }) => name).sort()).toEqual(points.map(({ name }) => name).sort());
      const boxes = placed.map(boxOf);
      boxes.forEach((box, i) => {
        for (const other of boxes.slice(i + 1)) expect(meet(box, other)).toBe(false);
        for (const { x, y } of points) {
          expect(meet(box, { left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 })).toBe(false);
        }
        expect(box.left >= 0 && box.right <= 700 && box.top >= 0 && box.bottom <= 400).toBe(true);
      });
      const far = placed.filter(({ line }) => line !== null);
      for (const { line, name } of far) {
        const box = boxes[placed.findIndex((one) => one.name === name)]!;
        const grown = { left: box.left - 3, right: box.right + 3, top: box.top - 1, bottom: box.bottom + 1 };
        expect(
          meet(grown, { left: line!.x - 0.5, right: line!.x + 0.5, top: line!.y - 0.5, bottom: line!.y + 0.5 }),
        ).toBe(true);
      }
    }
  });

  it('are led to by a line where they are far from their point', () => {
    const points = Array.from({ length: 9 }, (_, i) => ({ x: 300, y: 200, name: `same place ${i}` }));
    const lines = placeNames(points, ROOM).map(({ line }) => line);
    expect(lines.filter((line) => line === null).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line !== null).length).toBeGreaterThan(2);
  });
});
