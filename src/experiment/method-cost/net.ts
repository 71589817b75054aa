/** The nets whose learning is priced: tanh, GRU and LSTM, each gate with a mask of its own or all gates of a unit with one. */
import { createRng } from '@rl-tools/envs';
import gruBefore from '../../cells/gru-reset-before.ts';
import gru from '../../cells/gru.ts';
import lstm from '../../cells/lstm.ts';
import tanh from '../../cells/tanh.ts';
import type { Cell } from '../../types.ts';

export const INPUTS = 32;

export interface NetSetting {
  readonly net: string; // key of NETS
  readonly units: number;
  readonly sparsity: number; // per cent of the weights that are not there
  readonly seed: number; // of masks and weights
}

type Make = (units: number, density: number, seed: number) => Cell;

const rngOf = (seed: number) => createRng(`${seed}/cell`);
const needs = { inputSize: INPUTS };
const gated =
  (part: typeof gru | typeof lstm | typeof gruBefore, mask: 'independent' | 'shared'): Make =>
  (units, density, seed) =>
    part.create(part.options.parse({ units, density, mask }) as never, rngOf(seed), needs);

export const NETS: Readonly<Record<string, Make>> = {
  tanh: (units, density, seed) => tanh.create(tanh.options.parse({ units, density }), rngOf(seed), needs),
  'gru, a mask per gate': gated(gru, 'independent'),
  'gru, one mask': gated(gru, 'shared'),
  'lstm, a mask per gate': gated(lstm, 'independent'),
  'lstm, one mask': gated(lstm, 'shared'),
  'gru reset before, a mask per gate': gated(gruBefore, 'independent'),
};

export const netOf = ({ net, units, sparsity, seed }: NetSetting): Cell => NETS[net]!(units, 1 - sparsity / 100, seed);
