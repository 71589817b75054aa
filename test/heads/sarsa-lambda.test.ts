import { expect, it } from 'vitest';
import { act, assembleActor, memoryless } from '../support/acting.ts';
import { corridor, exactValues, farthest, valuesOf } from '../support/corridor.ts';

async function learn(head: object, rule: object, steps: number) {
  const { learner, parts } = await assembleActor(memoryless({ id: 'sarsa-lambda', ...head }, rule), 2, {
    inputSize: 3,
    steps,
  });
  act(learner, corridor, steps);
  return valuesOf(parts.head.weights);
}

it('reaches the values of the best policy that explores as much, and not those of one that explores less', async () => {
  const learned = await learn({ from: 0.4, to: 0.4 }, { alpha: 0.003, lambda: 0.5 }, 150_000);
  expect(farthest(learned, exactValues(0.4))).toBeLessThan(0.05);
  expect(farthest(exactValues(0), exactValues(0.4))).toBeGreaterThan(0.3); // control: the optimum is another
  expect(farthest(learned, exactValues(0))).toBeGreaterThan(0.25);
});

it('with exploration that fades away ends at the optimal values along the optimal path', async () => {
  const learned = await learn({ from: 1, to: 0, fraction: 0.5 }, { alpha: 0.1, lambda: 0.8 }, 20_000);
  const optimal = exactValues(0);
  optimal.forEach(([stop, go], place) => {
    expect(go).toBeGreaterThan(stop!);
    expect(learned[place]![1]).toBeCloseTo(go!, 6);
  });
  expect(learned[0]![1]).not.toBeCloseTo(exactValues(0.1)[0]![1]!, 2); // control
});
