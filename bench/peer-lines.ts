/** What the peers print, a JSON object per line (peers/README.md), checked where it comes in. */
import { z } from 'zod';
import type { Task } from './peer.ts';
import type { Limits } from './roofline.ts';

const figure = z.object({ name: z.string(), size: z.string(), nsPerStep: z.number().gt(0) });

const limit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stream'), bytes: z.number().gt(0), gbPerSecond: z.number().gt(0) }),
  z.object({ kind: z.literal('fma'), gflops: z.number().gt(0) }),
  z.object({ kind: z.literal('muladd'), gflops: z.number().gt(0) }),
]);

/** ns per step; throws where a line is no peer's figure, or that of another task. */
export function parseFigure(line: string, { columns, inputs, rule }: Task): number {
  const { name, size, nsPerStep } = figure.parse(JSON.parse(line));
  const asked = `lstm-columns/columnar/${rule} ${columns}x${inputs}`;
  if (`${name} ${size}` !== asked) throw new Error(`Asked for ${asked}, got ${name} ${size}`);
  return nsPerStep;
}

/** The output of `roofline`; throws where one of its figures is missing. */
export function parseLimits(output: string): Limits {
  const lines = output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => limit.parse(JSON.parse(line)));
  const stream = lines.flatMap((line) => (line.kind === 'stream' ? [[line.bytes, line.gbPerSecond] as const] : []));
  const gflops = (kind: 'fma' | 'muladd'): number => {
    for (const line of lines) if (line.kind === kind) return line.gflops;
    throw new Error(`The roofline has no ${kind}`);
  };
  if (stream.length === 0) throw new Error('The roofline has no stream');
  stream.sort(([a], [b]) => a - b);
  return { stream, gflops: { deterministic: gflops('muladd'), relaxed: gflops('fma') } };
}
