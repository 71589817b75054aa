/** The addresses of docs/playground.md are settings, and what they are called there; its own lines run. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startOwn } from '../../src/playground/own-task.ts';
import { presets } from '../../src/playground/presets.ts';
import { fromHash, toHash } from '../../src/playground/setting.ts';
import { driven, inContext } from './driven.ts';

const blocks = [...readFileSync('docs/playground.md', 'utf8').matchAll(/```text\n([\s\S]*?)```/g)].map(
  ([, text]) => text!,
);
const addresses = blocks.filter((text) => text.startsWith('#')).map((text) => text.trim());

describe('docs/playground.md', () => {
  it('has the addresses of four presets as they are, and what each is compared with', () => {
    expect(addresses).toHaveLength(9);
    const [plain, changed] = [true, false].map((is) => addresses.filter((text) => text.includes('agent') !== is));
    for (const address of plain!) {
      const { env, agent } = fromHash(address)!;
      expect(agent).toEqual(presets.find(({ id }) => id === env.id)!.agent);
    }
    expect(plain).toHaveLength(4);
    for (const address of changed!) expect(fromHash(toHash(fromHash(address)!))).toEqual(fromHash(address));
    expect(() => fromHash(addresses[0]!.slice(0, -3))).toThrow('it is damaged');
  });

  it.each(addresses)('%.60s lives', async (address) => {
    const page = driven();
    await page.hear({ type: 'start', setting: fromHash(address)!, paused: true });
    await page.hear({ type: 'step', count: 600 });
    await page.pass(20, true);
    expect(page.errors()).toEqual([]);
    expect(page.last().step).toBe(600);
  });

  it('has lines that make a reward ten steps after a flash', async () => {
    const code = blocks.find((text) => text.includes('function next'))!;
    const { env } = await startOwn({ code, seed: 0, discount: 0.9 }, inContext, () => undefined);
    const [first] = env.reset();
    const steps = Array.from({ length: 60 }, () => env.step(0));
    const flashes = [first, ...steps.map(([seen]) => seen)].flatMap((seen, t) => (seen[0] === 1 ? [t] : []));
    const rewards = steps.flatMap(([, reward], t) => (reward === 1 ? [t + 1] : []));
    expect(flashes).toEqual([29, 59]);
    expect(rewards).toEqual([9, 39]);
  });
});
