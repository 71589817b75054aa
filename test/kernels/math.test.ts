/**
 * The vector functions of assembly/math.ts and sine.ts against Math's, over dense grids: f32 within two units in the last
 * place (2.4e-7), f64 within five.
 */
import { expect, it } from 'vitest';
import { instantiate, type Precision } from '../../src/kernels/module.ts';

const FUNCTIONS = { sigmoid: 0, tanh: 1, exp: 2, oneLessExp: 3, sin: 4, cos: 5 } as const;
type Name = keyof typeof FUNCTIONS;
const exact: Record<Name, (a: number) => number> = {
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: Math.tanh,
  exp: Math.exp,
  oneLessExp: (a) => -Math.expm1(a),
  sin: Math.sin,
  cos: Math.cos,
};

function evaluate(name: Name, precision: Precision, values: readonly number[]): ArrayLike<number> {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64 });
  const { apply } = instantiate(precision, 'deterministic', memory);
  const create = precision === 'f32' ? Float32Array : Float64Array;
  const from = new create(memory.buffer as ArrayBuffer, 1024, values.length);
  from.set(values);
  const to = 1024 + 16 * Math.ceil(from.byteLength / 16);
  const vectors = Math.ceil(from.byteLength / 16);
  apply(FUNCTIONS[name], 1024, to, vectors);
  return new create(memory.buffer as ArrayBuffer, to, values.length);
}

/** Even steps over [low, high], values that crowd around 0, and multiples of pi/2, as near as numbers come to them. */
function grid(low: number, high: number, round: (value: number) => number): number[] {
  const even = Array.from({ length: 40_000 }, (_, i) => low + ((high - low) * i) / 39_999);
  const near = Array.from({ length: 4_000 }, (_, i) => high * 10 ** (-i / 400));
  const quarters = Array.from({ length: 1001 }, (_, i) => ((i - 500) * Math.PI) / 2);
  const within = quarters.filter((value) => value >= low && value <= high);
  return [...even, ...near, ...near.map((value) => Math.max(low, -value)), ...within].map(round);
}

const cases: [Name, Precision, number, number, number][] = [
  ['sigmoid', 'f32', -30, 30, 2.4e-7],
  ['tanh', 'f32', -10, 10, 2.4e-7],
  ['exp', 'f32', -79, 79, 2.4e-7],
  ['oneLessExp', 'f32', -79, 0, 2.4e-7],
  ['sin', 'f32', -7, 7, 2.4e-7],
  ['cos', 'f32', -7, 7, 2.4e-7],
  ['sin', 'f32', -1000, 1000, 2.4e-7],
  ['sigmoid', 'f64', -40, 40, 1e-15],
  ['tanh', 'f64', -20, 20, 1e-15],
  ['exp', 'f64', -690, 690, 1e-15],
  ['oneLessExp', 'f64', -690, 0, 1e-15],
  ['sin', 'f64', -7, 7, 1e-15],
  ['cos', 'f64', -7, 7, 1e-15],
  ['sin', 'f64', -1000, 1000, 1e-15],
];

it.each(cases)('%s in %s on [%d, %d] is within a relative error of %d', (name, precision, low, high, most) => {
  const values = grid(low, high, precision === 'f32' ? Math.fround : (value) => value);
  const got = evaluate(name, precision, values);
  let worst = 0;
  values.forEach((a, i) => {
    const wanted = exact[name](a);
    worst = Math.max(worst, wanted === 0 ? Math.abs(got[i]!) : Math.abs(got[i]! / wanted - 1));
  });
  expect(worst).toBeLessThan(most);
  expect(worst, 'control: not the same function').toBeGreaterThan(most / 1e4);
});

it.each(['f32', 'f64'] as const)('%s functions hold large arguments, and hand on what is not a number', (precision) => {
  const eps = precision === 'f32' ? 1e-12 : 1e-16;
  const [low, high, nan] = Array.from(evaluate('sigmoid', precision, [-1e6, 1e6, NaN, 0]));
  expect(low).toBeGreaterThan(0);
  expect(low).toBeLessThan(eps);
  expect(high).toBe(1);
  expect(nan).toBeNaN();
  const [least, most, other, zero] = Array.from(evaluate('tanh', precision, [-1e6, 1e6, NaN, 0]));
  expect([least, most, zero]).toEqual([-1, 1, 0]);
  expect(other).toBeNaN();
  const [none, huge, unknown, one] = Array.from(evaluate('exp', precision, [-1e6, 1e6, NaN, 0]));
  expect([none, one]).toEqual([0, 1]);
  expect(huge).toBeGreaterThan(1e30);
  expect(huge).toBeLessThan(precision === 'f32' ? 2 ** 128 : Infinity);
  expect(unknown).toBeNaN();
});
