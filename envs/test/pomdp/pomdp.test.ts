/** The environment: it lives by the tables of its file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { AnyEnv } from '../../part.ts';
import { builtInPomdps, loadPomdp, pomdpText } from '../../pomdp/files.ts';
import { makeEnv } from '../../registry.ts';
import { createRng } from '../../rng.ts';

const folder = mkdtempSync(join(tmpdir(), 'pomdp-'));
afterAll(() => rmSync(folder, { recursive: true }));
const make = (file: string, more = {}): Promise<AnyEnv> => makeEnv('pomdp', { file, ...more });

describe('pomdp', () => {
  test.each(builtInPomdps)('%s: what happens is possible, and as frequent as the tables say', async (name) => {
    const model = loadPomdp(name);
    const [n, m] = [model.states.length, model.observations.length];
    const env = await make(name);
    const rng = createRng(1);
    const counts = new Map<string, Map<string, number>>(); // of what followed a state and an action
    let s = -1;
    env.reset({ seed: 2 });
    for (let t = 0; t < 20_000; t++) {
      const a = rng.integer(0, model.actions.length - 1);
      const [x, reward, terminated, , info] = env.step(a);
      const next = model.states.indexOf(info['state'] as string);
      const o = (x as Float64Array).indexOf(1);
      if (s >= 0) {
        if (reward !== model.reward(a, s, next, o)) throw new Error(`reward ${reward}`);
        const key = `${a} ${s}`;
        const after = counts.get(key) ?? counts.set(key, new Map()).get(key)!;
        after.set(`${next} ${o}`, (after.get(`${next} ${o}`) ?? 0) + 1);
      }
      s = terminated ? -1 : next;
      if (terminated) env.reset();
    }
    let [worst, rare] = [0, 0];
    for (const [key, after] of counts) {
      const [a, from] = key.split(' ').map(Number) as [number, number];
      const total = [...after.values()].reduce((x, y) => x + y);
      for (const [outcome, count] of after) {
        const [next, o] = outcome.split(' ').map(Number) as [number, number];
        const p = model.transition[(a * n + from) * n + next]! * model.observation[(a * n + next) * m + o]!;
        if (p === 0) rare++;
        worst = Math.max(worst, Math.abs(count - total * p) / Math.sqrt(total * p * (1 - p) + 1));
      }
    }
    expect(rare).toBe(0);
    expect(worst).toBeLessThan(6); // standard deviations, of some hundred outcomes
    expect(counts.size).toBeGreaterThan(2);
  });

  test('shows a first observation where the problem defines one, none elsewhere or where told not to', async () => {
    const first = async (file: string, more = {}) => [
      ...((await make(file, more)).reset({ seed: 1 })[0] as Float64Array),
    ];
    expect((await first('tmaze5')).slice(2)).toEqual([0, 0, 0]);
    expect((await first('tmaze5')).reduce((x, y) => x + y)).toBe(1);
    expect(await first('tmaze5', { first: false })).toEqual([0, 0, 0, 0, 0]);
    expect(await first('tiger')).toEqual([0, 0]);
    expect(await first('paint.95')).toEqual([0, 0]);
  });

  test('tmaze5 pays 4 for the turn that the start told, and ends', async () => {
    const env = await make('tmaze5');
    for (let seed = 1; seed < 20; seed++) {
      const sign = (env.reset({ seed })[0] as Float64Array).indexOf(1);
      for (let i = 0; i < 6; i++) expect(env.step(2).slice(1, 3)).toEqual([0, false]);
      const turn = seed % 2;
      expect(env.step(turn).slice(1, 3)).toEqual([turn === sign ? 4 : -0.1, true]);
    }
    const endless = await make('tmaze5', { ends: false });
    endless.reset({ seed: 1 });
    for (const a of [2, 2, 2, 2, 2, 2, 0]) expect(endless.step(a)[2]).toBe(false);
    expect(endless.step(0).slice(1, 3)).toEqual([0, false]);
  });

  test('never draws what is impossible, however the probabilities round', async () => {
    const path = join(folder, 'rounded.POMDP');
    const highest = 1 - 2 ** -53; // of what an Rng draws
    let short = 0; // rows whose running sum stays below that
    for (let n = 2; n < 40; n++) {
      const row = `${new Array(n).fill(1 / n).join(' ')} 0`;
      const lists = `discount: 0.9\nstates: ${n + 1}\nactions: 1\nobservations: ${n + 1}\n`;
      writeFileSync(path, `${lists}start: ${row}\nT: * : *\n${row}\nO: * : *\n${row}\n`);
      const env = await make(path);
      const { start } = loadPomdp(path);
      if (start.reduce((sum, p) => sum + p) <= highest) short++;
      const drawn = env as unknown as { rng: { uniform(): number }; state: number };
      env.reset({ seed: 1 });
      drawn.rng = { uniform: () => highest };
      env.reset();
      expect(drawn.state).toBe(n - 1);
      const [observation, , , , info] = env.step(0);
      expect([(observation as Float64Array).indexOf(1), info['state']]).toEqual([n - 1, String(n - 1)]);
    }
    expect(short).toBeGreaterThan(3);
  });

  test('takes no name from what every object has', async () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      await expect(make(name)).rejects.toThrow(`Cannot read ${name}: ENOENT; as a built-in problem: known: tiger, `);
      expect(() => pomdpText(name)).toThrow(`Cannot find the problem "${name}": `);
    }
    for (const junk of [null, 7, undefined]) {
      const line = 'a name is needed, or the path of a file';
      expect(() => pomdpText(junk as unknown as string)).toThrow(line);
      expect(() => loadPomdp(junk as unknown as string)).toThrow(line);
    }
  });

  test('reads a file, and says what is wrong with one', async () => {
    const path = join(folder, 'my.POMDP');
    writeFileSync(path, pomdpText('tiger').replace('0.95', '0.5'));
    expect((await make(path)).metadata.discount).toBe(0.5);
    writeFileSync(path, pomdpText('tiger').replace('T: listen identity', 'T: listne identity'));
    await expect(make(path)).rejects.toThrow(
      /^Cannot read .*my\.POMDP: line \d+: there is no action "listne", did you mean "listen"/,
    );
    await expect(make('tigre')).rejects.toThrow(
      'Cannot read tigre: ENOENT; as a built-in problem: did you mean "tiger"?',
    );
  });

  test('any actions leave it in its spaces, and others are refused', async () => {
    for (const name of builtInPomdps) {
      const env = await make(name);
      const last = loadPomdp(name).actions.length - 1;
      fc.assert(
        fc.property(fc.nat(1000), fc.array(fc.integer({ min: 0, max: last }), { maxLength: 30 }), (seed, actions) => {
          env.reset({ seed });
          for (const a of actions) {
            const [x, , terminated] = env.step(a);
            expect(env.observationSpace.contains(x)).toBe(true);
            if (terminated) env.reset();
          }
        }),
        { numRuns: 20 },
      );
      env.reset();
      expect(() => env.step(last + 1)).toThrow('Cannot step pomdp: the action');
    }
  });
});
