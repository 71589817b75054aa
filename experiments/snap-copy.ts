/**
 * The copy curriculum of the SnAp paper (Menick et al. 2021, section 5.2) at a size that two cores can afford: sixteen lanes,
 * Adam, the gradient no longer than 1, a linear softmax on the state where the paper has 1024 hidden units. Nets keep 256
 * weights in each recurrent matrix, plus every unit's own: 32 units with a quarter of the weights, 64 with a sixteenth, 128
 * with a 64th; gates of a unit share their mask, so that D is as sparse as one matrix. The curriculum is the published code's,
 * a running average over a thousand tokens a lane, which alone lets nobody rise faster than a level in some 700 steps. A
 * report (`agent-state report snap-copy`) compares levels after as many tokens as all have seen, net by net.
 * Dense nets are left out: there SnAp-2 is RTRL, which is left out on the larger nets for its price.
 *
 * Step sizes: of .001, .003 and .01 the one with the higher level on the GRU at 75 %, seeds 100 and 101, 12,000 steps; where two
 * are alike the one with fewer bits; BPTT and RFLO are worse at .03. The other nets have the same. On tanh, which has no leak
 * here, RFLO keeps nothing: it is `immediate` at .01.
 * What came out: experiments/README.md.
 */
import { defineExperiment, type ExperimentSetting } from '../src/experiment/experiment.ts';
import { meanByMethod } from '../src/experiment/mean-by-method.ts';

const [small, large] = [{ alpha: 0.003 }, { alpha: 0.01 }];
const full = { updateEvery: 'episode', rule: large };
const METHODS = {
  'SnAp-1': { estimator: { id: 'snap', n: 1 }, rule: small },
  'SnAp-2': { estimator: { id: 'snap', n: 2 }, rule: small },
  RTRL: { estimator: { id: 'rtrl' }, rule: large },
  UORO: { estimator: { id: 'uoro' }, rule: small },
  RFLO: { estimator: { id: 'rflo' }, rule: large },
  immediate: { estimator: { id: 'immediate' }, rule: small },
  frozen: { estimator: { id: 'none' }, rule: large },
  'BPTT, full unroll': { estimator: { id: 'bptt' }, ...full },
  'SnAp-1, full unroll': { estimator: { id: 'snap', n: 1 }, ...full },
} as const;
type Method = keyof typeof METHODS;

/** By sparsity in per cent. */
const SIZES = {
  75: { units: 32, density: 1 / 4 },
  93.75: { units: 64, density: 1 / 16 },
  98.4375: { units: 128, density: 1 / 64 },
} as const;
const CELLS = {
  gru: { id: 'gru', mask: 'shared' },
  tanh: { id: 'tanh' },
  lstm: { id: 'lstm', mask: 'shared' },
} as const;
type Net = readonly [cell: keyof typeof CELLS, sparsity: keyof typeof SIZES];

const NETS: readonly Net[] = [
  ['gru', 75],
  ['tanh', 75],
  ['gru', 93.75],
  ['lstm', 75],
  ['tanh', 93.75],
  ['gru', 98.4375],
];

function settings([cell, sparsity]: Net, isFull: boolean): ExperimentSetting[] {
  const isAffordable = (name: Method): boolean => name !== 'RTRL' || (isFull && sparsity === 75);
  const names = (Object.keys(METHODS) as Method[]).filter(isAffordable);
  return names.map((name) => ({
    agent: 'snap-characters',
    name,
    agentOptions: {
      ...METHODS[name],
      cell: { ...CELLS[cell], ...SIZES[sparsity] },
      lanes: 16,
      clip: 1,
    },
    env: { id: 'copy-tokens' },
    steps: isFull ? 16_000 : 6_000,
  }));
}

export default defineExperiment({
  question: 'Do sparse nets learn to copy faster online, by SnAp, than by BPTT?',
  title: 'Copying with a curriculum',
  metric: 'level',
  panels: ['agent.cell.id', 'agent.cell.density'],
  sweep: (isFull) => (isFull ? NETS : NETS.slice(0, 1)).flatMap((net) => settings(net, isFull)),
  seeds: (isFull) => (isFull ? 5 : 3),
  score: meanByMethod(({ level }) => level),
});
