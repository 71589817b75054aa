/** The C++ peers of SnAp-n on sparse nets (peers/snap.cpp): a net written down for them, and their answers. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { dynamicsPattern } from '../src/dynamics-structure.ts';
import { reached } from '../src/reach.ts';
import type { Cell } from '../src/types.ts';
import { call } from './native-peers.ts';
import { RING, ring } from './ring.ts';

export const FORMS = ['csr', 'blocked'] as const;
export type Form = (typeof FORMS)[number];

/** Of the programs: v after so many steps is what they are checked by. */
export const CHECK_STEPS = 200;

const answer = z.object({
  nsPerStep: z.number().gt(0),
  entries: z.number().int(),
  check: z.number(),
  last: z.number(),
});
export type Answer = z.infer<typeof answer>;

export interface SnapPeer {
  /** Null where there is no such program. */
  run(form: Form, ms: number): Answer | null;
  close(): void;
}

/** `id`: tanh or gru, all its rows with one destination and units of one number. */
export function snapPeer(out: string, id: string, cell: Cell, n: number, alpha: number): SnapPeer {
  const program = join(out, 'snap');
  const folder = mkdtempSync(join(tmpdir(), 'snap-peer-'));
  const file = join(folder, 'net');
  writeFileSync(file, written(id, cell, n, alpha));
  return {
    run(form, ms) {
      if (!existsSync(program)) return null;
      const output = call(program, [file, form, '1', String(ms)]);
      return output === null ? null : answer.parse(JSON.parse(output));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function written(id: string, { rows, units, inputSize, params }: Cell, n: number, alpha: number): string {
  const pattern = dynamicsPattern(rows);
  const [chunk] = ring(inputSize, RING);
  const lines: (string | number | ArrayLike<number>)[] = [
    `${id} ${units} ${inputSize} ${rows.count} ${rows.source.length} ${alpha}`,
    ...[rows.start, rows.source, rows.dest, params, pattern.start, pattern.column],
    ...reached(rows, n).flatMap((set) => [set.length, set]),
    chunk!.observation.subarray(0, RING * inputSize),
    chunk!.cumulant.subarray(0, RING),
  ];
  return `${lines.map((line) => (typeof line === 'object' ? Array.from(line).join(' ') : line)).join('\n')}\n`;
}
