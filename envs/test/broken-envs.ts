/** For every rule of checkEnv, environments that break it and nothing else, with a piece of the answer. */
import type { EnvMetadata, Info, ResetOptions, StepResult, StepTuple } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { box, dict, discrete } from '../spaces.ts';
import { OrderEnforcing } from '../wrappers/order-enforcing.ts';
import { FineEnv } from './fine-env.ts';

let calls = 0; // a number that no seed governs
const shared = new FineEnv();
const sharedInfo = {};
const badSize = { ...box(0, 1, [4]), size: 5 };

export const broken: Record<string, readonly (readonly [name: string, make: () => AnyEnv, message: string])[]> = {
  make: [
    ['one environment for all calls', () => shared, 'the same environment twice'],
    [
      'a constructor that throws',
      () => {
        throw new Error('no\nway');
      },
      'threw Error: no',
    ],
  ],
  spaces: [
    [
      'a size that is not the product of the shape',
      () =>
        new (class extends FineEnv {
          override readonly observationSpace = badSize;
        })(),
      'observationSpace.size is 5, its shape makes 4',
    ],
    [
      'a sample outside',
      () =>
        new (class extends FineEnv {
          override readonly actionSpace = { ...discrete(3), sample: () => 7 };
        })(),
      'actionSpace does not contain its own sample',
    ],
  ],
  metadata: [
    ['a discount of 2', () => withMetadata({ discount: 2 }), 'metadata.discount is 2'],
    ['an empty id', () => withMetadata({ id: '' }), 'metadata.id is ""'],
    [
      'a floor that is no number',
      () => withMetadata({ floors: { zero: NaN, constant: 0, timing: null, ideal: 0, target: 'return' } }),
      'metadata.floors.zero is NaN',
    ],
  ],
  reset: [
    ['an observation without a pair', () => withReset(([x]) => x), 'reset() returned a Float64Array of 4, not a pair'],
    ['no info', () => withReset(([x]) => [x, null]), 'info is null, not an object'],
    ['an ordinary array', () => withReset(() => [[0, 0, 0, 0], {}]), 'observation is an Array of 4, the space is Box'],
    ['an observation outside', () => withReset(() => [Float64Array.of(0, 0, 0, 2), {}]), 'outside Box(0, 1, [4])'],
  ],
  step: [
    ['a reward that is no number', () => withStep(([x, , a, b, i]) => [x, NaN, a, b, i]), 'reward is NaN, at step 1'],
    ['a reward as text', () => withStep(([x, , a, b, i]) => [x, '1', a, b, i]), 'reward is "1"'],
    ['terminated as 0', () => withStep(([x, r, , b, i]) => [x, r, 0, b, i]), 'terminated is 0'],
    ['truncated left out', () => withStep(([x, r, a, , i]) => [x, r, a, i]), 'returned an Array of 4, not five values'],
    ['truncated as undefined', () => withStep(([x, r, a, , i]) => [x, r, a, undefined, i]), 'truncated is undefined'],
    ['no info', () => withStep(([x, r, a, b]) => [x, r, a, b, null]), 'info is null'],
    ['a promise', () => withStep(() => Promise.resolve()), 'step() returned an object, not five values'],
  ],
  observation: [
    ['an entry too few', () => withObservation((x) => x.slice(1)), 'observation has 3 entries, not 4, at step 1'],
    ['an infinite entry', () => withObservation((x) => x.map((y, i) => (i === 2 ? Infinity : y))), 'observation[2] is'],
    ['an entry above its bound', () => withObservation((x) => x.fill(1.5)), 'observation is outside Box(0, 1, [4])'],
  ],
  'reset-seed': [
    ['a first observation that no seed governs', () => withReset(([x]) => [x.fill(calls++ / 1e6), {}]), 'moment 0'],
  ],
  'step-seed': [
    ['rewards that no seed governs', () => withStep(([x, , a, b, i]) => [x, calls++, a, b, i]), 'reward'],
    [
      'something that outlives a reset',
      () =>
        new (class extends FineEnv {
          private age = 0;
          override step(action: number): StepTuple<Float64Array> {
            const [x, r, ...rest] = super.step(action);
            return [x, r + this.age++, ...rest];
          }
        })(),
      'reward',
    ],
  ],
  'other-seed': [
    ['a seed that is not used', () => withReset((_, env) => [env.observeFrom(0), {}]), 'two seeds gave the same steps'],
  ],
  into: [
    [
      'another reward in stepInto',
      () =>
        new (class extends FineEnv {
          override stepInto(action: number, out: StepResult): void {
            super.stepInto(action, out);
            out.reward += 1e-9;
          }
        })(),
      'reward',
    ],
    [
      'an entry left unwritten by resetInto',
      () =>
        new (class extends FineEnv {
          override resetInto(out: StepResult, options?: ResetOptions): void {
            const [observation] = this.reset(options);
            out.observation.set(observation.subarray(0, 3));
            Object.assign(out, { reward: 0, terminated: false, truncated: false });
          }
        })(),
      'observation[3]',
    ],
  ],
  fresh: [
    [
      'one array for all observations',
      () =>
        new (class extends FineEnv {
          private readonly kept = new Float64Array(4);
          override observe(): Float64Array {
            this.kept.set(super.observe());
            return this.kept;
          }
        })(),
      'reused the array',
    ],
  ],
  'save-load': [
    [
      'a forgotten clock',
      () =>
        new (class extends FineEnv {
          override save(): unknown {
            return { rng: this.rng.save(), t: 0 };
          }
        })(),
      'moment',
    ],
    ['no load', () => Object.assign(new FineEnv(), { load: undefined }) as AnyEnv, 'come together, one is missing'],
    [
      'a state that JSON does not carry',
      () =>
        new (class extends FineEnv {
          override save(): unknown {
            return { rng: this.rng.save(), t: BigInt(this.t) };
          }
        })(),
      'threw TypeError',
    ],
  ],
  value: [
    [
      'an infinite value',
      () =>
        new (class extends FineEnv {
          override value(): number {
            return Infinity;
          }
        })(),
      'value() is Infinity, at step 1',
    ],
  ],
  unwrapped: [['a wrapper', () => new OrderEnforcing(new FineEnv()), 'the environment is wrapped']],
  legacy: [['a method seed()', () => Object.assign(new FineEnv(), { seed: () => 0 }), 'reset({ seed }) seeds']],
  bounds: [
    [
      'an infinite bound',
      () => withSpaces({ observationSpace: box(0, Infinity, [4]) }),
      'entry 0 has an infinite bound',
    ],
    [
      'an entry that takes one value',
      () => withSpaces({ actionSpace: box([0, 0], [1, 0]) }),
      'entry 1 takes one value',
    ],
    ['an uneven Box of actions', () => withSpaces({ actionSpace: box(-1, 0.5, [1]) }), 'are learnt best'],
    ['a wide Box of actions', () => withSpaces({ actionSpace: box(-2, 2, [1]) }), 'Box(-2, 2, [1]): actions in'],
    ['a wide Box in a Dict of actions', () => withSpaces({ actionSpace: dict({ a: box(0, 2) }) }), 'are learnt best'],
  ],
  'first-step': [
    ['a truncation at once', () => withStep(([x, r, a, , i]) => [x, r, a, true, i]), 'the first step truncated'],
  ],
  info: [
    [
      'an info that no seed governs',
      () => withStep(([x, r, a, b]) => [x, r, a, b, { deep: [calls++] }]),
      'differ, moment 1',
    ],
    [
      'one info for all steps',
      () => withStep(([x, r, a, b]) => [x, r, a, b, sharedInfo]),
      'an info was returned twice',
    ],
  ],
  render: [
    [
      'a picture that is no text',
      () => Object.assign(new FineEnv(), { render: () => 7 as never }),
      'returned 7, not text',
    ],
    [
      'a picture that draws random numbers',
      () =>
        new (class extends FineEnv {
          override render(): string {
            return String(this.rng.uniform());
          }
        })(),
      'render() changes what follows: observation[0]',
    ],
  ],
  close: [
    [
      'a second close that throws',
      () =>
        new (class extends FineEnv {
          private isClosed = false;
          override close(): void {
            if (this.isClosed) throw new Error('closed already');
            this.isClosed = true;
          }
        })(),
      'threw Error: closed already',
    ],
  ],
};

/** Observations and rewards of a FineEnv, whatever the spaces: what is asked of actions is none of its business. */
function withSpaces(spaces: object): AnyEnv {
  const env = new (class extends FineEnv {
    override step(): StepTuple<Float64Array> {
      return super.step(0);
    }
  })();
  return Object.assign(env, spaces);
}

function withMetadata(part: Partial<EnvMetadata>): AnyEnv {
  return new (class extends FineEnv {
    override readonly metadata = { id: 'broken', cite: null, discount: 0.5, floors: null, ...part };
  })();
}

/** Changes what reset returns; the types are broken on purpose. */
function withReset(change: (result: [Float64Array, Info], env: Frozen) => unknown): AnyEnv {
  return new (class extends Frozen {
    override reset(options?: ResetOptions): [Float64Array, Info] {
      return change(super.reset(options), this) as [Float64Array, Info];
    }
  })();
}

class Frozen extends FineEnv {
  /** Starts the stream from this seed whatever the caller asked for. */
  observeFrom(seed: number): Float64Array {
    super.reset({ seed });
    return this.observe();
  }
}

export function withStep(change: (result: StepTuple<Float64Array>) => unknown): AnyEnv {
  return new (class extends FineEnv {
    override step(action: number): StepTuple<Float64Array> {
      return change(super.step(action)) as StepTuple<Float64Array>;
    }
  })();
}

function withObservation(change: (observation: Float64Array) => Float64Array): AnyEnv {
  return withStep(([observation, ...rest]) => [change(observation), ...rest]);
}
