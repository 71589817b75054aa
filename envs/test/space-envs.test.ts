/** Environments whose observations and actions are records, lists, texts: types, both call forms, guard, checkEnv. */
import { describe, expect, test } from 'vitest';
import { checkEnv } from '../check.ts';
import { spaceProblem } from '../check/space-problem.ts';
import { Env } from '../env.ts';
import type { Info, ResetOptions, StepTuple } from '../env.ts';
import { EnvError } from '../errors.ts';
import { guarded } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { createRng } from '../rng.ts';
import { box, dict, discrete, graph, multiBinary, multiDiscrete, oneOf, sequence, text, tuple } from '../spaces.ts';
import type { Element, Space } from '../spaces.ts';
import { FineEnv } from './fine-env.ts';
import { emptyResult } from './stream.ts';

interface View {
  readonly place: Float64Array;
  readonly colour: number;
  readonly word: string;
}
type Move = readonly [push: number, keys: Int8Array];

/** A record to look at, a pair to act with: the reward is the push where the first key is down. */
class Room extends Env<View, Move> {
  override readonly metadata = { id: 'room', cite: null, discount: 0.9, floors: null };
  readonly observationSpace: Space<View> = dict({ place: box(0, 1, [2]), colour: discrete(3), word: text(2) });
  readonly actionSpace: Space<Move> = tuple([discrete(2), multiBinary(2)]);
  protected rng = createRng(0);

  reset({ seed }: ResetOptions = {}): [View, Info] {
    if (seed !== undefined) this.rng = createRng(seed);
    return [this.observe(), {}];
  }

  step([push, keys]: Move): StepTuple<View> {
    return [this.observe(), push * keys[0]!, this.rng.uniform() < 0.1, false, {}];
  }

  protected observe(): View {
    return this.observationSpace.sample(this.rng);
  }
}

/** Any two spaces: observations are samples. */
class Showing extends Env<Element, Element> {
  readonly observationSpace: Space<Element>;
  readonly actionSpace: Space<Element>;
  private rng = createRng(0);

  constructor(observationSpace: Space<Element>, actionSpace: Space<Element>) {
    super();
    this.observationSpace = observationSpace;
    this.actionSpace = actionSpace;
  }

  reset({ seed }: ResetOptions = {}): [Element, Info] {
    if (seed !== undefined) this.rng = createRng(seed);
    return [this.observationSpace.sample(this.rng), {}];
  }

  step(action: Element): StepTuple<Element> {
    if (!this.actionSpace.contains(action)) throw new Error('no action of this space');
    return [this.observationSpace.sample(this.rng), this.rng.uniform(), false, false, {}];
  }
}

let calls = 0;
/** Starts from another seed each time, whatever was asked for. */
class Unseeded extends Showing {
  override reset(): [Element, Info] {
    return super.reset({ seed: calls++ });
  }
}

const failures = (make: () => AnyEnv): string[] =>
  checkEnv(make)
    .filter(({ ok }) => !ok)
    .map(({ rule, message }) => `${rule}: ${message}`);

describe('an environment of records and pairs', () => {
  test('keeps every rule of checkEnv', () => {
    expect(failures(() => new Room())).toEqual([]);
  });

  test('writes its observations flat, in the order of the keys, and takes actions as they are', () => {
    const [room, twin] = [new Room(), new Room()];
    const guard = guarded(twin);
    const [a, b] = [emptyResult(room), emptyResult(twin)];
    room.resetInto(a, { seed: 1 });
    guard.resetInto(b, { seed: 1 });
    const [view] = new Room().reset({ seed: 1 });
    expect([...a.observation.slice(0, 5)]).toEqual(
      [0, 1, 2].map((i) => Number(i === view.colour)).concat(...view.place),
    );
    room.stepInto([1, Int8Array.of(1, 0)], a);
    guard.stepInto([1, Int8Array.of(1, 0)], b);
    expect(a).toEqual(b);
    expect(a.reward).toBe(1);
    expect(room.observationSpace.contains(room.observationSpace.unflatten(a.observation))).toBe(true);
  });

  test('is stopped by the guard at an observation of another form', () => {
    const broken = new (class extends Room {
      protected override observe(): View {
        const { colour, place } = super.observe();
        return { colour, place } as View;
      }
    })();
    const guard = guarded(broken);
    expect(() => guard.resetInto(emptyResult(broken))).toThrow(
      'Environment room broke its contract at reset after step 0: observation is an object, observationSpace is Dict(',
    );
  });

  test('is warned where an array inside an observation is used again', () => {
    const kept = new Float64Array(2);
    const make = (): AnyEnv =>
      new (class extends Room {
        protected override observe(): View {
          const view = super.observe();
          kept.set(view.place);
          return { ...view, place: kept };
        }
      })();
    expect(failures(make)).toEqual(['fresh: step() reused the array that reset() had returned']);
  });

  test('is reported where an entry is infinite', () => {
    const open = dict({ place: box(0, Infinity) });
    const make = (): AnyEnv =>
      new (class extends Showing {
        override step(): StepTuple<Element> {
          return [{ place: Float64Array.of(Infinity) }, 0, false, false, {}];
        }
      })(open, discrete(1));
    expect(failures(make)).toEqual(['observation: observation, flat, is Infinity at 0, at step 1']);
  });
});

describe('environments of every kind of space', () => {
  const flat: Space<Element>[] = [
    discrete(3, 1),
    multiDiscrete([2, 3]),
    multiBinary([2, 2]),
    text(3),
    tuple([discrete(2), dict({ a: text(2) })]),
    oneOf([discrete(2), box(0, 1, [3], 'float32')]),
    box(0, 1, [2], 'int8'),
  ];
  test.each(flat.map((space) => [String(space), space] as const))('keep every rule with %s', (_, space) => {
    expect(failures(() => new Showing(space, space))).toEqual([]);
  });

  const open: Space<Element>[] = [
    sequence(box(0, 1)),
    sequence(box(0, 1), { stack: true }),
    graph(box(0, 1, [2]), discrete(2)),
    tuple([discrete(2), sequence(discrete(2))]),
  ];
  test.each(open.map((space) => [String(space), space] as const))(
    'without a flat form (%s) keep them in the tuple form, and refuse the other',
    (_, space) => {
      expect(failures(() => new Showing(space, space))).toEqual([]);
      const env = new Showing(space, discrete(2));
      expect(() => env.resetInto(emptyResult(env))).toThrow('its length varies');
      expect(() => guarded(env).resetInto(emptyResult(env))).toThrow(EnvError);
      expect(failures(() => new Unseeded(space, discrete(2)))[0]).toMatch(/^reset-seed: observation \[.*moment 0$/);
    },
  );
});

describe('a space is found wanting', () => {
  const size = (space: Space<Element>, wrong: number): Space<Element> => ({ ...space, size: wrong });
  test.each<[what: string, space: Space<Element>, message: string]>([
    ['without parts', tuple([]), 's is an empty Tuple'],
    ['without keys, deep inside', tuple([oneOf([dict({})])]), 's.spaces[0].spaces[0] is an empty Dict'],
    ['with a wrong size', size(box(0, 1, [4]), 5), 's.size is 5, its shape makes 4'],
    ['with a wrong size in a part', dict({ a: size(discrete(2), 3) }), 's.spaces.a.size is 3, its n is 2'],
    ['with wrong counts', size(multiDiscrete([2, 3]), 6), 's.size is 6, its counts make 5'],
    ['with a wrong length', sequence(size(text(2), 3)), 's.featureSpace.size is 3, its maxLength is 2'],
    ['with a wrong sum', size(tuple([discrete(2)]), 3), 's.size is 3, its parts make 2'],
    ['with a wrong width', size(oneOf([discrete(2)]), 2), 's.size is 2, its index and widest part make 3'],
    ['with a size where there is none', size(graph(discrete(2)), 1), 's.size is 1, without a flat form it is 0'],
    ['with bad nodes', graph(size(discrete(2), 0)), 's.nodeSpace.size is 0'],
    ['with bad edges', graph(discrete(2), size(discrete(2), 9)), 's.edgeSpace.size is 9, its n is 2'],
    ['with foreign samples', { ...text(2), sample: () => '?' }, 's does not contain its own sample'],
  ])('%s', (_, space, message) => {
    expect(spaceProblem('s', space)).toBe(message);
    class Bad extends FineEnv {
      override readonly actionSpace = space as Space<number>;
    }
    expect(failures(() => new Bad())).toEqual([`spaces: actionSpace${message.slice(1)}`]);
  });

  test('and not otherwise', () => {
    expect(spaceProblem('s', tuple([dict({ a: discrete(2) }), graph(text(2))]))).toBe(null);
  });
});
