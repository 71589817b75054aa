/** LSTM columns with exact traces: the kernel that the peers do too, rule by rule and size by size. */
import type { Effort } from '../effort.ts';
import { type CaseResult, measure, type Measured } from '../measure.ts';
import { buildNative, measureLimits, nativePeers } from '../native-peers.ts';
import type { Peer, Task } from '../peer.ts';
import { progress } from '../progress.ts';
import { pythonPeer } from '../python-peers.ts';
import { columns as columnsAgent, type Rule } from '../recipes.ts';
import { leastTime, type Limits, work } from '../roofline.ts';
import { median } from '../../src/statistics/median.ts';
import { sample } from '../timing.ts';

export interface ColumnsResult extends Task {
  readonly features: 'raw' | 'normalised';
  readonly measured: CaseResult;
}

const RULES: readonly Rule[] = ['td-lambda', 'rmsprop'];
/** The sizes that goals name: all that the quick run does, and torch.compile, which is slow to start, in any run. */
const GOAL_SIZES = [
  [16, 8],
  [64, 32],
  [256, 32],
  [1024, 64],
] as const;
const ALL_SIZES = [16, 64, 256, 1024].flatMap((columns) => [8, 20, 32, 64].map((inputs) => [columns, inputs] as const));
const COMPILED_IN_QUICK: readonly Task[] = [{ columns: 64, inputs: 32, rule: 'td-lambda' }];

export async function columnsCases(peers: string, out: string, effort: Effort): Promise<ColumnsResult[]> {
  const tasks = tasksOf(effort.isQuick ? GOAL_SIZES : ALL_SIZES);
  buildNative(peers, out);
  const others = [
    ...nativePeers(out, effort),
    pythonPeer(peers, 'torchEager', tasks, effort),
    pythonPeer(peers, 'torchCompile', effort.isQuick ? COMPILED_IN_QUICK : tasksOf(GOAL_SIZES), effort),
    pythonPeer(peers, 'jax', tasks, effort),
  ];
  const results: ColumnsResult[] = [];
  for (const task of tasks) {
    progress(`lstm-columns ${task.columns}x${task.inputs} ${task.rule}`);
    const measured = await raw(task, effort);
    const limits = measureLimits(out, effort);
    results.push({ ...task, features: 'raw', measured: await beside(measured, task, others, limits, effort) });
  }
  for (const peer of others) peer.close();
  results.push(await normalised({ columns: 20, inputs: 12, rule: 'td-lambda' }, effort));
  return results;
}

function tasksOf(sizes: readonly (readonly [columns: number, inputs: number])[]): Task[] {
  return sizes.flatMap(([columns, inputs]) => RULES.map((rule) => ({ columns, inputs, rule })));
}

const nameOf = ({ rule }: Task): string => `lstm-columns/columnar/${rule}`;
const sizeOf = ({ columns, inputs }: Task): string => `${columns}x${inputs}`;

async function raw(task: Task, effort: Effort): Promise<CaseResult> {
  const agent = columnsAgent(task.columns, task.rule);
  const [result] = await measure([{ name: nameOf(task), size: sizeOf(task), agent, inputSize: task.inputs }], effort);
  return result!;
}

/** As the shipped agents have it, which no peer does. */
async function normalised(task: Task, effort: Effort): Promise<ColumnsResult> {
  const agent = columnsAgent(task.columns, task.rule, { id: 'normalised' });
  const name = `${nameOf(task)}/normalised`;
  const [measured] = await measure([{ name, size: sizeOf(task), agent, inputSize: task.inputs }], effort);
  return { ...task, features: 'normalised', measured: measured! };
}

/** Adds the peers' ratios: each peer's time over ours in the samples just before and just after it. */
async function beside(
  measured: CaseResult,
  task: Task,
  peers: readonly Peer[],
  limits: Limits | null,
  { neighbours, sampleMs }: Effort,
): Promise<CaseResult> {
  const ours = (): number[][] => {
    const samples = measured.map((): number[] => []);
    for (let n = 0; n < neighbours; n++) measured.forEach(({ work }, i) => samples[i]!.push(sample(work, sampleMs)));
    return samples;
  };
  const ratios = measured.map(({ entry }) => ({ ...entry.ratios }));
  let before = ours();
  for (const peer of peers) {
    const theirs = await peer.measure(task);
    if (theirs === null) continue;
    const after = ours();
    ratios.forEach((own, i) => (own[peer.name] = theirs / median([...before[i]!, ...after[i]!])));
    before = after;
  }
  return measured.map((each, i): Measured => {
    const roofline = limits && { roofline: least(task, limits, each) };
    return { ...each, entry: { ...each.entry, ratios: { ...ratios[i], ...roofline } } };
  });
}

function least(task: Task, limits: Limits, { simd, entry }: Measured): number {
  return leastTime(work(cellParameters(task), task.rule), limits, simd) / entry.nsPerStep;
}

export function cellParameters({ columns, inputs }: Task): number {
  return 4 * columns * (inputs + 2);
}
