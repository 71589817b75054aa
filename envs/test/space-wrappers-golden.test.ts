/** Wrappers that change a space, and DictInfoToList, against Gymnasium itself (golden/make_wrappers.py). */
import { describe, expect, test } from 'vitest';
import * as gym from '../gymnasium.ts';
import { Env, type Info, type StepTuple } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { byKind } from '../spaces/any-space.ts';
import { box, discrete, type Element, multiBinary, multiDiscrete, type Space } from '../spaces.ts';
import { readGolden } from './golden.ts';
import { Pulse } from './pulse.ts';
import { type Life, live, plain, Slider } from './wrapper-lives.ts';

type Seen = Life & { readonly space: unknown };
type Acted = Seen & { readonly back: readonly unknown[] };
const { runs } = readGolden<{ runs: Record<string, unknown> }>('wrappers');

/** Pulse, seen through another space. */
class Through extends Env<Element, number> {
  override readonly metadata = new Pulse().metadata;
  readonly actionSpace = discrete(3);
  readonly observationSpace: Space<Element>;
  private readonly pulse = new Pulse();
  private readonly see: (t: number) => Element;

  constructor(space: Space<unknown>, see: (t: number) => Element) {
    super();
    this.observationSpace = space as Space<Element>;
    this.see = see;
  }
  reset(): [Element, Info] {
    const [, info] = this.pulse.reset();
    return [this.see(0), info];
  }
  step(action: number): StepTuple<Element> {
    const [, ...rest] = this.pulse.step(action);
    return [this.see(this.pulse.t), ...rest];
  }
}

/** Pays in single precision. */
class Single extends Slider {
  override readonly actionSpace = box(-1, 3, [2], 'float32') as never;
  override step(action: number): ReturnType<Pulse['step']> {
    const [x, y] = action as unknown as Float64Array;
    const paid = Math.fround(x! + Math.fround(10 * y!));
    return super.step(Float64Array.of(paid, 0) as never);
  }
}

const thirds = (): AnyEnv =>
  new gym.TransformObservation(new Pulse(), {
    func: (x: Float64Array) => x.map((y) => y / 3),
    observationSpace: box(-0.3, 1 / 3, [2]),
  });
const one = (t: number): number => 2 + t;
const many = (t: number): Element => Int32Array.of(1 + t, (t % 3) - 1);
const bits = (t: number): Element => Int8Array.of(t & 1, (t >> 1) & 1, t >> 2);

function facts(space: Space<unknown>): unknown {
  const found = byKind(space);
  const { kind, shape, dtype } = found;
  if (found.kind === 'discrete') return { kind, n: found.n };
  if (found.kind === 'multi-discrete') return { kind, dtype, nvec: plain(found.nvec), start: plain(found.start) };
  if (found.kind !== 'box') return kind;
  const [low, high] = [found.low, found.high].map((bound) => (shape.length === 0 ? bound[0] : plain(bound)));
  return { kind, shape, dtype, low, high };
}

describe('wrappers of observations', () => {
  test.each<[string, () => AnyEnv]>([
    ['reshape', () => new gym.ReshapeObservation(new Pulse(), { shape: [2, 1] })],
    ['dtypeFloat', () => new gym.DtypeObservation(thirds(), { dtype: 'float32' })],
    ['dtypeInt', () => new gym.DtypeObservation(new Pulse(), { dtype: 'int8' })],
    ['dtypeOne', () => new gym.DtypeObservation(new Through(discrete(9, 2), one), { dtype: 'float32' })],
    [
      'dtypeMany',
      () => new gym.DtypeObservation(new Through(multiDiscrete([7, 3], { start: [1, -1] }), many), { dtype: 'int16' }),
    ],
    ['dtypeBits', () => new gym.DtypeObservation(new Through(multiBinary(3), bits), { dtype: 'bool' })],
  ])('%s: every number, and the space', (name, make) => {
    const golden = runs[name] as Seen;
    expect(live(make(), golden)).toEqual(golden.moments);
    expect(facts(make().observationSpace)).toEqual(golden.space);
    const controls = { reshape: new Pulse(), dtypeFloat: thirds(), dtypeInt: new Pulse() };
    const control = controls[name as 'reshape'] ?? new Through(discrete(9, 2), (t) => 10 - t);
    expect([live(control, golden), facts(control.observationSpace)]).not.toEqual([golden.moments, golden.space]);
  });
});

describe('DiscretizeAction', () => {
  test.each<[string, (bins?: number) => gym.DiscretizeAction]>([
    ['discretizeAction', (bins = 7) => new gym.DiscretizeAction(new Slider(), { bins: [3, bins] })],
    [
      'discretizeActionSplit',
      (bins = 3) => new gym.DiscretizeAction(new Slider(), { bins: [3, bins], multidiscrete: true }),
    ],
    ['discretizeActionSingle', (bins = 7) => new gym.DiscretizeAction(new Single(), { bins: [3, bins] })],
  ])('%s: every number, the space, and the way back', (name, make) => {
    const golden = runs[name] as Acted;
    expect(live(make(), golden)).toEqual(golden.moments);
    expect(live(make(8), golden)).not.toEqual(golden.moments);
    const ours = { ...(facts(make().actionSpace) as object), ...(name.endsWith('Split') && { dtype: 'int64' }) };
    expect(ours).toEqual(golden.space); // but for the dtype of a MultiDiscrete, which is int32 here
    const env = make();
    const vectors = [
      [0.5, -0.25],
      [-1, 1],
      [1, 2],
      [0, 0],
    ].map((v) => Float64Array.from(v));
    expect(vectors.map((v) => plain(env.revertAction(v)))).toEqual(golden.back);
  });
});

describe('DictInfoToList', () => {
  const modes = { listNextStep: 'next-step', listSameStep: 'same-step', listDisabled: 'disabled' } as const;

  test.each(Object.entries(modes))('%s: the infos of each environment', (name, autoresetMode) => {
    const makers = [0, 1, 2].map((first) => () => new Pulse(first));
    const vector = new gym.DictInfoToList(new gym.SyncVectorEnv(makers, { autoresetMode }));
    const infos = [plain(vector.reset({ seed: 3 })[1])];
    for (let t = 0; t < 6; t++) {
      const [, , terminations, truncations, info] = vector.step(Int32Array.of(t % 3, 1, 2));
      infos.push(plain(info));
      const resetMask = terminations.map((terminated, i) => terminated || truncations[i]!);
      if (autoresetMode === 'disabled' && resetMask.includes(true)) {
        infos.push(plain(vector.reset({ options: { resetMask } })[1]));
      }
    }
    expect(infos).toEqual(runs[name]);
    for (const other of Object.keys(modes)) if (other !== name) expect(infos).not.toEqual(runs[other]);
  });

  test('changes infos alone, over threads as in this one, and closes what is inside', async () => {
    const options = { numEnvs: 2, maxEpisodeSteps: 2 };
    const inner = await gym.makeVec('taxi', { ...options, vectorizationMode: 'async' });
    const [plainVector, listed] = [await gym.makeVec('taxi', options), new gym.DictInfoToList(inner)];
    expect(String(listed)).toBe(`<DictInfoToList ${String(inner)}>`);
    expect(listed.reset({ seed: 1 })[0]).toEqual(plainVector.reset({ seed: 1 })[0]);
    for (let t = 0; t < 4; t++) {
      const [moment, expected] = [listed.step([t, 1]), plainVector.step([t, 1])];
      expect(moment.slice(0, 4)).toEqual(expected.slice(0, 4));
      expect(moment[4]).toEqual(plainVector.infoList);
      expect(moment[4]).toHaveLength(2);
    }
    listed.stepAsync([0, 0]);
    expect(listed.stepWait()[1]).toEqual(plainVector.step([0, 0])[1]);
    expect(listed.getAttr('maxEpisodeSteps')).toEqual([2, 2]);
    listed.setAttr('colour', ['red', 'blue']);
    expect(listed.getAttr('colour')).toEqual(['red', 'blue']);
    expect(listed.render()[0]).toContain('passenger');
    listed[Symbol.dispose]();
    expect([inner.closed, listed.closed]).toEqual([true, true]);
    plainVector.close();
  });
});
