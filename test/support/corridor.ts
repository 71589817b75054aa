import type { World } from './acting.ts';

/**
 * Three places in a row. Action 0 ends the episode with what the place pays; action 1 goes on, and ends it at the last
 * place with 3. Going on is best everywhere, though the first place pays 1 at once.
 */
const PAYS = [1, 0.5, 0];

export const corridor: World = {
  places: 3,
  discount: 0.8,
  move: (place, action) =>
    action === 0
      ? { reward: PAYS[place]!, next: null }
      : { reward: place === 2 ? 3 : 0, next: place === 2 ? null : place + 1 },
};

/** q of the best policy that takes a random action with probability epsilon, by iteration to a fixed point [3 x 2]. */
export function exactValues(epsilon: number): number[][] {
  let q = PAYS.map(() => [0, 0]);
  const worth = (place: number | null): number => {
    if (place === null) return 0;
    const [a, b] = q[place] as [number, number];
    return (1 - epsilon) * Math.max(a, b) + (epsilon * (a + b)) / 2;
  };
  for (let sweep = 0; sweep < 100; sweep++) {
    q = PAYS.map((_, place) =>
      [0, 1].map((action) => {
        const { reward, next } = corridor.move(place, action, undefined as never);
        return reward + corridor.discount * worth(next);
      }),
    );
  }
  return q;
}

/** Learned weights as q [3 x 2]: features are one-hot, a row of weights per action. */
export const valuesOf = (weights: Float64Array): number[][] =>
  PAYS.map((_, place) => [weights[place]!, weights[3 + place]!]);

export function farthest(a: readonly number[][], b: readonly number[][]): number {
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!))));
}
