/** The stream of an environment: cold, in chunks, with an event loop that lives. */
import { lastValueFrom, map, take, tap, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { copyChunk } from '../../src/chunk.ts';
import { interact } from '../../src/stream/interact.ts';
import { Episodes, Ring } from '../support/episodes.ts';

const env = (): Episodes => new Episodes([[4, 'terminated']]);

describe('interact', () => {
  it('emits chunks of the size asked for, the rest last, and completes', async () => {
    const lengths = interact(env(), { seed: 0, steps: 25, chunk: 10 }).pipe(
      map(({ length }) => length),
      toArray(),
    );
    expect(await lastValueFrom(lengths)).toEqual([10, 10, 5]);
  });

  it('is cold: every subscription lives its own life from the seed', async () => {
    const chunks$ = interact(new Ring(), { seed: 5, steps: 60, chunk: 7 }).pipe(map(copyChunk), toArray());
    const first = await lastValueFrom(chunks$);
    expect(await lastValueFrom(chunks$)).toEqual(first);
    const other$ = interact(new Ring(), { seed: 6, steps: 60, chunk: 7 }).pipe(map(copyChunk), toArray());
    expect(await lastValueFrom(other$)).not.toEqual(first);
  });

  it('emits one chunk again and again: a copy is for keepers', async () => {
    const chunks = await lastValueFrom(interact(env(), { seed: 0, steps: 25, chunk: 10 }).pipe(toArray()));
    expect(chunks[1]).toBe(chunks[0]);
    const kept = await lastValueFrom(
      interact(env(), { seed: 0, steps: 20, chunk: 10 }).pipe(map(copyChunk), toArray()),
    );
    expect(kept[1]!.observation).not.toEqual(kept[0]!.observation);
  });

  it('stops living when nobody listens any more', async () => {
    const world = env();
    await lastValueFrom(interact(world, { seed: 0, chunk: 10 }).pipe(take(3)));
    const steps = world.steps;
    expect(steps).toBe(24); // 30 steps, 6 of them resets
    await new Promise((done) => setTimeout(done, 30));
    expect(world.steps).toBe(steps);
  });

  it('stops at an unsubscription from outside, between two slices', async () => {
    const world = env();
    const subscription = interact(world, { seed: 0 }).subscribe();
    await new Promise((done) => setTimeout(done, 25));
    subscription.unsubscribe();
    const steps = world.steps;
    expect(steps).toBeGreaterThan(1000);
    await new Promise((done) => setTimeout(done, 25));
    expect(world.steps).toBe(steps);
  });

  it('lets the event loop turn during a long run', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const busy = (): void => {
      const until = performance.now() + 2;
      while (performance.now() < until);
    };
    await lastValueFrom(interact(env(), { seed: 0, steps: 1000, chunk: 10 }).pipe(tap(busy))); // 200 ms
    const lived = ticks;
    for (let i = 0; i < 100; i++) busy(); // the control: the same work without a turn
    expect(ticks).toBe(lived);
    clearInterval(timer);
    expect(lived).toBeGreaterThanOrEqual(5);
  });

  it('passes what an environment throws on as an error of the stream', async () => {
    const world = env();
    world.step = () => [Float64Array.of(NaN, 0), 0, false, false, {}];
    const seen: number[] = [];
    const run = lastValueFrom(interact(world, { seed: 0, steps: 25, chunk: 1 }).pipe(tap(() => seen.push(1))));
    await expect(run).rejects.toThrow('Environment episodes broke its contract at step 1: observation entry 0 is NaN');
    expect(seen).toHaveLength(1); // the start of the episode was fine
  });

  it('passes a missing discount on as an error too', async () => {
    const run = lastValueFrom(interact(new Episodes([[4, 'terminated']], null), { seed: 0 }));
    await expect(run).rejects.toThrow('Cannot learn from episodes: it names no discount');
  });
});
