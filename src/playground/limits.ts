/** What a page takes: a setting may come from a stranger's link, and must not take all the memory there is. */
import { createRng } from '@rl-tools/envs';
import type { AgentConfig, Choice } from '../agent.ts';
import { resolvePart } from '../resolve-part.ts';
import { UserError } from '../user-error.ts';

/** The largest value of an option of that name, wherever it stands in an agent. */
const MOST: Readonly<Record<string, number>> = {
  units: 1024,
  columns: 1024,
  features: 64,
  stimuli: 256,
  hidden: 1024,
  perStage: 256,
  window: 1000,
  snapshots: 1000,
};
const MOST_PARTS = 16; // of a list: layers, groups
const INPUTS = 1024;
const WEIGHTS = 1e6; // of a cell
const CARRIED = 2e6; // numbers that an estimator carries

/** Throws, in one line, where an agent is larger than a page takes; little memory is used to find out. */
export async function checkSize(agent: AgentConfig, inputs: number): Promise<void> {
  checkOptions(agent);
  if (inputs > INPUTS) refuse(`the world shows ${inputs} numbers`, INPUTS);
  const cell = (await resolvePart('cells', agent.cell)).create(createRng('size'), { inputSize: inputs });
  const weights = cell.params.length;
  if (weights > WEIGHTS) refuse(`cell ${agent.cell.id} has ${weights} weights`, WEIGHTS);
  const carried = carriedBy(agent.estimator, weights, cell.units * cell.components);
  if (carried > CARRIED) {
    refuse(`estimator ${agent.estimator.id} would carry ${carried} numbers on this cell`, CARRIED, 'take fewer units');
  }
}

function checkOptions(value: unknown, name = ''): void {
  if (typeof value === 'number' && value > (MOST[name] ?? Infinity)) refuse(`${name} is ${value}`, MOST[name]!);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value) && value.length > MOST_PARTS) refuse(`${name} lists ${value.length} parts`, MOST_PARTS);
  for (const [key, inner] of Object.entries(value)) checkOptions(inner, Array.isArray(value) ? name : key);
}

/** Numbers: an influence of every weight on every state entry, or the Jacobians of the steps of a window. */
function carriedBy({ id, ...options }: Choice, weights: number, entries: number): number {
  const inner = Array.isArray(options['groups']) ? (options['groups'] as unknown[]) : [];
  const most = Math.max(0, ...inner.map((one) => (isChoice(one) ? carriedBy(one, weights, entries) : 0)));
  if (id === 'rtrl' || (id === 'snap' && Number(options['n'] ?? 1) > 1)) return Math.max(most, weights * entries);
  if (id === 'tbptt') return Math.max(most, Number(options['window'] ?? 10) * entries ** 2);
  return most;
}

const isChoice = (value: unknown): value is Choice =>
  typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string';

function refuse(what: string, most: number, advice?: string): never {
  const more = advice === undefined ? '' : `; ${advice}`;
  throw new UserError(`Cannot start the playground: ${what}, and a page takes ${most} at most${more}`);
}
