import { describe, expect, it } from 'vitest';
import { parseFigure, parseLimits } from '../../bench/peer-lines.ts';

const LINE = {
  peer: 'cpp',
  name: 'lstm-columns/columnar/td-lambda',
  size: '64x32',
  columns: 64,
  inputs: 32,
  nsPerStep: 7526.9,
  nsPerParameter: 0.8584,
  steps: 8448,
  check: -0.0055,
};

const TASK = { columns: 64, inputs: 32, rule: 'td-lambda' } as const;

describe('a line of a peer', () => {
  it('is read', () => {
    expect(parseFigure(JSON.stringify(LINE), TASK)).toBe(7526.9);
  });

  it('without a time, with a time of 0 or of no JSON is refused', () => {
    const { nsPerStep, ...rest } = LINE;
    expect(nsPerStep).toBeGreaterThan(0);
    expect(() => parseFigure(JSON.stringify(rest), TASK)).toThrow(/nsPerStep/);
    expect(() => parseFigure(JSON.stringify({ ...LINE, nsPerStep: 0 }), TASK)).toThrow(/nsPerStep/);
    expect(() => parseFigure('built columns', TASK)).toThrow(SyntaxError);
  });

  it('that answers another question is refused', () => {
    expect(() => parseFigure(JSON.stringify(LINE), { ...TASK, rule: 'rmsprop' })).toThrow(/rmsprop/);
    expect(() => parseFigure(JSON.stringify(LINE), { ...TASK, inputs: 8 })).toThrow(/64x8/);
  });
});

describe('the limits of the machine', () => {
  const stream = (bytes: number, gbPerSecond: number) =>
    JSON.stringify({ peer: 'roofline', kind: 'stream', bytes, gbPerSecond });
  const peak = (kind: string, gflops: number) => JSON.stringify({ peer: 'roofline', kind, bits: 128, gflops });

  it('come by size, and each module has its own peak', () => {
    const output = [stream(4096, 100), stream(1024, 200), peak('fma', 64), peak('muladd', 32), ''].join('\n');
    expect(parseLimits(output)).toEqual({
      stream: [
        [1024, 200],
        [4096, 100],
      ],
      gflops: { deterministic: 32, relaxed: 64 },
    });
  });

  it('are not guessed where one is missing', () => {
    expect(() => parseLimits([stream(1024, 200), peak('fma', 64)].join('\n'))).toThrow(/no muladd/);
    expect(() => parseLimits([peak('fma', 64), peak('muladd', 64)].join('\n'))).toThrow(/no stream/);
  });
});
