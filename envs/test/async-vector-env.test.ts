/** Threads against one thread: the same numbers, and nothing left behind. Needs the build, as threads run it. */
import { spawnSync } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import * as gym from '../gymnasium.ts';
import { createRng } from '../rng.ts';

const moody = new EnvSpec({
  id: 'Moody-v0',
  entryPoint: `${new URL('./example/moody.js', import.meta.url).href}#Moody`,
  maxEpisodeSteps: 9,
});

/** A life of two vectors with the same actions; returns what each saw. */
async function lives(
  spec: string | EnvSpec,
  mode: gym.AutoresetMode,
  threads: number,
  seed: number,
): Promise<[unknown[], unknown[]]> {
  const numEnvs = 3;
  const sync = await gym.makeVec(spec, { numEnvs, autoresetMode: mode });
  const async = await gym.AsyncVectorEnv.create(spec, numEnvs, { autoresetMode: mode, threads });
  const seen = [sync, async].map((vector) => {
    const rng = createRng(seed);
    const moments: unknown[] = [vector.reset({ seed, options: { mood: 'new' } })];
    for (let t = 0; t < 40; t++) {
      const actions = Array.from({ length: numEnvs }, () =>
        Math.min(2, vector.singleActionSpace.sample(rng) as number),
      );
      const moment = vector.step(vector.singleActionSpace.kind === 'discrete' ? Int32Array.from(actions) : actions);
      moments.push(moment);
      const resetMask = moment[2].map((terminated, i) => terminated || moment[3][i]!);
      if (mode === 'disabled' && resetMask.includes(true)) moments.push(vector.reset({ options: { resetMask } }));
    }
    vector.close();
    return moments;
  });
  return [seen[0]!, seen[1]!];
}

describe('AsyncVectorEnv', () => {
  test.each<[gym.AutoresetMode, number]>([
    ['next-step', 1],
    ['next-step', 3],
    ['same-step', 2],
    ['disabled', 2],
  ])('gives what SyncVectorEnv gives, bit for bit, in %s mode on %d threads', async (mode, threads) => {
    const [sync, async] = await lives(moody, mode, threads, 11);
    expect(async).toEqual(sync);
    const [other] = await lives(moody, mode, threads, 12);
    expect(other).not.toEqual(sync);
  });

  test('does so for built-in tasks too, from any seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.constantFrom('CartPole-v1', 'trace-patterning'), async (seed, id) => {
        const [sync, async] = await lives(id, 'next-step', 2, seed);
        expect(async).toEqual(sync);
      }),
      { numRuns: 4 },
    );
  });

  test('calls, reads and sets what the environments have', async () => {
    const vector = await gym.AsyncVectorEnv.create(moody, 3, { make: { length: 2 } });
    vector.setAttr('mood', ['glad', 'sad', 'calm']);
    expect(vector.getAttr('mood')).toEqual(['glad', 'sad', 'calm']);
    expect(vector.getAttr('length')).toEqual([2, 2, 2]);
    expect(vector.call('shout', 'ho', 2)).toEqual(['ho!ho!glad', 'ho!ho!sad', 'ho!ho!calm']);
    vector.setAttr('mood', 'glad');
    expect(vector.getAttr('mood')).toEqual(['glad', 'glad', 'glad']);
    expect(() => vector.getAttr('nothing')).toThrow('Cannot get "nothing" of <TimeLimit<');
    expect(() => vector.call('step')).toThrow('Cannot call step of each environment');
    expect(() => vector.setAttr('mood', ['glad'])).toThrow('there are 3 environments and 1 values');
    vector.close();
  });

  test('hands on the error of an environment, of its class, and lives on', async () => {
    const vector = await gym.AsyncVectorEnv.create(moody, 3);
    vector.reset({ seed: 1 });
    expect(() => vector.step([0, 3, 0])).toThrow(EnvError);
    expect(() => vector.step([3, 0, 0])).toThrow('moody was told to fail');
    expect(() => vector.step([6, 0, 0])).toThrow('could not be cloned');
    expect(vector.reset({ seed: 1 })[0]).toHaveLength(9);
    expect(vector.step([0, 0, 0])).toHaveLength(5);
    vector.close();
    const early = await gym.AsyncVectorEnv.create(moody, 2);
    expect(() => early.step([0, 0])).toThrow(gym.ResetNeeded);
    early.close();
  });

  test('says so when an environment ends its thread, or takes too long', async () => {
    const ended = await gym.AsyncVectorEnv.create(moody, 2);
    ended.reset();
    expect(() => ended.step([0, 4])).toThrow('an environment ended its thread');
    ended.close();
    const slow = await gym.AsyncVectorEnv.create(moody, 2, { timeout: 200 });
    slow.reset();
    expect(() => slow.step([5, 0])).toThrow('no answer within 200 ms; it is closed');
    expect(slow.closed).toBe(true);
  });

  test('does nothing out of order', async () => {
    const vector = await gym.AsyncVectorEnv.create(moody, 2);
    expect(() => vector.stepWait()).toThrow(gym.NoAsyncCallError);
    vector.resetAsync();
    expect(() => vector.stepAsync([0, 0])).toThrow(gym.AlreadyPendingCallError);
    expect(() => vector.getAttr('t')).toThrow('call resetWait() first');
    vector.resetWait();
    vector.stepAsync([0, 0]);
    expect(vector.stepWait()).toHaveLength(5);
    vector.stepAsync([0, 0]);
    vector.close();
    vector.close();
    expect(() => vector.stepWait()).toThrow(gym.ClosedEnvironmentError);
    expect(() => vector.reset()).toThrow('it is closed');
  });

  test('is not made of what cannot be', async () => {
    const create = gym.AsyncVectorEnv.create.bind(gym.AsyncVectorEnv);
    await expect(create('cycle-wrld', 2)).rejects.toThrow('did you mean "cycle-world"?');
    await expect(create('cycle-world', 0)).rejects.toThrow('numEnvs must be an integer of at least 1, got 0');
    await expect(create('cycle-world', 1, { threads: 0 })).rejects.toThrow('threads must be an integer of at least 1');
    await expect(create(moody.with({ kwargs: { length: NaN } }), 2)).rejects.toThrow('kwargs.length is NaN');
    await expect(create('cycle-world', 1, { autoresetMode: 'nextstep' as never })).rejects.toThrow(
      'did you mean "next-step"?',
    );
  });

  test('ends its threads when it is closed, and not before', async () => {
    const vector = await gym.AsyncVectorEnv.create(moody, 2, { threads: 2 });
    const { threads } = vector as unknown as { threads: readonly { worker: Worker }[] };
    const ids = (): number[] => threads.map(({ worker }) => worker.threadId);
    expect(ids().every((id) => id > 0)).toBe(true);
    vector.close();
    await expect.poll(ids).toEqual([-1, -1]); // Node's number for a thread that has ended
  });

  test('leaves no thread behind: the process ends by itself, closed or not', () => {
    for (const end of ['vector.close(); vector.close();', '']) {
      const code = `
        import { makeVec } from '${new URL('../dist/gymnasium.js', import.meta.url).href}';
        const vector = await makeVec('CartPole-v1', { numEnvs: 2, vectorizationMode: 'async' });
        vector.reset({ seed: 1 });
        vector.step([0, 1]);
        ${end}
        console.log('done');`;
      const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        timeout: 20_000,
      });
      expect([String(stdout).trim(), String(stderr), status]).toEqual(['done', '', 0]);
    }
  });
});
