/**
 * What a random number costs: ns of CPU time per call, by kind of Rng and by call; the median of five rounds.
 *   node dist/bench/rng.js
 */
import { createRng, type Rng, rngKinds } from '@rl-tools/envs';
import { median } from '../src/statistics/median.ts';
import { FULL } from './effort.ts';
import { takeTurns, warm } from './timing.ts';

const calls: Record<string, (rng: Rng) => number> = {
  uniform: (rng) => rng.uniform(),
  'integer 0..9': (rng) => rng.integer(0, 9),
  normal: (rng) => rng.normal(),
};
const STEPS = 10_000;
const effort = { ...FULL, rounds: 5, sampleMs: 200 };
let sum = 0; // of what was drawn, so that drawing is not optimised away

for (const [name, call] of Object.entries(calls)) {
  const works = rngKinds.map((kind) => {
    const rng = createRng(1, kind);
    return warm({ steps: STEPS, run: () => repeat(() => call(rng)) }, effort);
  });
  const costs = takeTurns(works, effort).map((samples) => median(samples).toFixed(1));
  console.log(`${name}: ${rngKinds.map((kind, i) => `${kind} ${costs[i]}`).join(', ')} ns`);
}
if (Number.isNaN(sum)) throw new Error('a draw was no number');

function repeat(draw: () => number): void {
  for (let i = 0; i < STEPS; i++) sum += draw();
}
