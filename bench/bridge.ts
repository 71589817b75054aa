/**
 * What crossing to a real Gymnasium environment costs, beside the same loop inside Python.
 *   ENVS_PYTHON=<a Python with gymnasium and numpy, ale_py for Pong> node dist/bench/bridge.js [seconds per figure]
 */
import { spawnSync } from 'node:child_process';
import { arch, cpus, loadavg } from 'node:os';
import { AsyncPythonEnv, createRng, PythonEnv, type PythonOptions, PythonVectorEnv } from '@rl-tools/envs';

const seconds = Number(process.argv[2] ?? 2);
const python = process.env['ENVS_PYTHON'] ?? 'python3';
const pong: PythonOptions = { modules: ['ale_py'], kwargs: { frameskip: 1 }, stderr: 'keep' };

/** Microseconds per call: the best of five stretches. */
function time(call: () => void): number {
  let best = Infinity;
  for (let stretch = 0; stretch < 5; stretch++) {
    const began = performance.now();
    let calls = 0;
    for (; performance.now() - began < (seconds * 1000) / 5; calls++) call();
    best = Math.min(best, ((performance.now() - began) * 1000) / calls);
  }
  return best;
}

async function timeAsync(call: () => Promise<void>): Promise<number> {
  let best = Infinity;
  for (let stretch = 0; stretch < 5; stretch++) {
    const began = performance.now();
    let calls = 0;
    for (; performance.now() - began < (seconds * 1000) / 5; calls++) await call();
    best = Math.min(best, ((performance.now() - began) * 1000) / calls);
  }
  return best;
}

function print(what: string, microseconds: number, envs = 1): void {
  const perSecond = Math.round((1e6 / microseconds) * envs).toLocaleString('en');
  console.log(`${what.padEnd(58)} ${microseconds.toFixed(1).padStart(9)} us ${perSecond.padStart(10)} steps/s`);
}

/** A random policy, actions drawn before the clock starts. */
function synchronous(id: string, options: PythonOptions = {}): number {
  const env = new PythonEnv(id, options);
  const rng = createRng('bench');
  const actions = Array.from({ length: 1024 }, () => env.actionSpace.sample(rng));
  const observation = new Float64Array(env.observationSpace.size);
  const out = { observation, reward: 0, terminated: false, truncated: false };
  let t = 0;
  env.resetInto(out, { seed: 0 });
  const cost = time(() => {
    if (out.terminated || out.truncated) env.resetInto(out);
    else env.stepInto(actions[t++ % 1024]!, out);
  });
  env.close();
  return cost;
}

async function asynchronous(id: string, options: PythonOptions = {}): Promise<number> {
  const env = await AsyncPythonEnv.make(id, options);
  const rng = createRng('bench');
  const actions = Array.from({ length: 1024 }, () => env.actionSpace.sample(rng));
  let t = 0;
  let ended = false;
  await env.reset({ seed: 0 });
  const cost = await timeAsync(async () => {
    if (ended) await env.reset();
    const [, , terminated, truncated] = ended ? [0, 0, false, false] : await env.step(actions[t++ % 1024]!);
    ended = terminated || truncated;
  });
  await env.close();
  return cost;
}

/** The same loop in Python; null where it cannot be run. */
function inside(id: string, modules: string, kwargs: string): number | null {
  const code = `
import time, gymnasium${modules}
env = gymnasium.make(${JSON.stringify(id)}, ${kwargs}); env.action_space.seed(0); env.reset(seed=0)
actions = [env.action_space.sample() for _ in range(1024)]; best = 1e9; t = 0
for stretch in range(5):
    began = time.perf_counter(); calls = 0
    while time.perf_counter() - began < ${seconds / 5}:
        _, _, over, cut, _ = env.step(actions[t % 1024]); t += 1; calls += 1
        if over or cut: env.reset()
    best = min(best, (time.perf_counter() - began) * 1e6 / calls)
print(best)`;
  const { status, stdout } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

console.log(
  `${cpus().length} x ${cpus()[0]?.model ?? arch()}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`,
);
const echo = new PythonEnv('CartPole-v1');
echo.reset();
print(
  'echo, FIFOs',
  time(() => echo.echo()),
);
echo.close();
const echoing = await AsyncPythonEnv.make('CartPole-v1');
print('echo, stdio', await timeAsync(() => echoing.echo()));
await echoing.close();
print('CartPole-v1, inside Python', inside('CartPole-v1', '', '') ?? NaN);
print('CartPole-v1, PythonEnv (FIFOs)', synchronous('CartPole-v1'));
print('CartPole-v1, AsyncPythonEnv (stdio)', await asynchronous('CartPole-v1'));
for (const numEnvs of [16, 64]) {
  const env = new PythonVectorEnv('CartPole-v1', { numEnvs });
  const actions = Array.from({ length: numEnvs }, (_, i) => i % 2);
  env.reset({ seed: 0 });
  print(
    `CartPole-v1, PythonVectorEnv of ${numEnvs}`,
    time(() => void env.step(actions)),
    numEnvs,
  );
  env.close();
}
const atari = inside('ALE/Pong-v5', ', ale_py', 'frameskip=1');
if (atari === null) console.log('ALE/Pong-v5: this Python has no ale_py');
else {
  for (const kind of ['ram', 'grayscale', 'rgb']) {
    const of = `ALE/Pong-v5, frameskip 1, ${kind}`;
    const kwargs = { frameskip: 1, obs_type: kind };
    print(`${of}, inside Python`, inside('ALE/Pong-v5', ', ale_py', `frameskip=1, obs_type="${kind}"`)!);
    print(`${of}, PythonEnv`, synchronous('ALE/Pong-v5', { ...pong, kwargs }));
  }
}
