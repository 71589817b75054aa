/**
 * What a step of an environment costs: steps per second of CPU time through stepInto, and bytes of heap per step.
 *   node dist/bench/envs.js                     cart-pole and trace-patterning
 *   node dist/bench/envs.js pendulum taxi       these
 * Discrete actions go round 0, 1, ..., n - 1; a Box gets the middle of its bounds, moved by a sixth of their width to
 * either side in turn. Episodes that end are reset, which is part of the time. Each environment runs in a process of
 * its own: what one has taught the compiler does not slow the next.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeEnv, type Action, type AnyEnv, type StepResult } from '@rl-tools/envs';
import { median } from '../src/statistics/median.ts';

const ROUNDS = 5;
const TIMED = 5_000_000; // steps of a round
const WATCHED = 200_000; // steps between two looks at the heap: too few for a collection to hide what 64 bytes add up to

interface Walk {
  readonly env: AnyEnv;
  readonly actions: readonly Action[];
  readonly out: StepResult;
}

async function start(id: string): Promise<Walk> {
  const env = await makeEnv(id);
  const observation = new Float64Array(env.observationSpace.size);
  const out = { observation, reward: 0, terminated: false, truncated: false };
  env.resetInto(out, { seed: 1 });
  return { env, actions: policy(env), out };
}

function policy({ actionSpace: space }: AnyEnv): Action[] {
  if (space.kind === 'discrete') return Array.from({ length: space.size }, (_, action) => action);
  const { low, high } = space as unknown as { low: Float64Array; high: Float64Array };
  return [-1, 1].map((side) => low.map((x, i) => (x + high[i]!) / 2 + (side * (high[i]! - x)) / 6));
}

function walk({ env, actions, out }: Walk, steps: number): void {
  const { length } = actions;
  let next = 0;
  for (let t = 0; t < steps; t++) {
    env.stepInto(actions[next]!, out);
    if (++next === length) next = 0;
    if (out.terminated || out.truncated) env.resetInto(out);
  }
}

/** Millions of steps per second of CPU time. */
function speed(life: Walk): number {
  const begin = process.cpuUsage();
  walk(life, TIMED);
  const { user, system } = process.cpuUsage(begin);
  return TIMED / (user + system);
}

function bytesPerStep(life: Walk, collect: () => void): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  walk(life, WATCHED);
  return (process.memoryUsage().heapUsed - before) / WATCHED;
}

async function measure(id: string): Promise<string> {
  const life = await start(id);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  walk(life, TIMED); // until its code is compiled for good
  const millions = median(Array.from({ length: ROUNDS }, () => speed(life)));
  const bytes = median(Array.from({ length: ROUNDS }, () => bytesPerStep(life, collect)));
  return `${id.padEnd(24)} ${millions.toFixed(1).padStart(6)} M steps/s  ${(1000 / millions).toFixed(1).padStart(6)} ns  ${bytes.toFixed(2)} bytes/step`;
}

const [first = 'cart-pole', ...rest] = process.argv.slice(2);
const ids = process.argv.length > 2 ? [first, ...rest] : [first, 'trace-patterning'];
if (ids.length === 1) console.log(await measure(first));
else for (const id of ids) spawnSync(process.execPath, [fileURLToPath(import.meta.url), id], { stdio: 'inherit' });
