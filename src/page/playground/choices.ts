/** What the form offers, and what a choice makes of an agent. Everything else an agent can be is said in its JSON. */
import type { AgentInput } from 'agent-state';

export interface Option {
  readonly name: string; // shown
  readonly about: string; // what it is, for who has never heard of it
  readonly part: { readonly id: string } & Readonly<Record<string, unknown>>;
}

const option = (name: string, id: string, about: string, more: Readonly<Record<string, unknown>> = {}): Option => ({
  name,
  about,
  part: { id, ...more },
});

export const CELLS: readonly Option[] = [
  option(
    'LSTM columns',
    'lstm-columns',
    'LSTMs of one unit each, which do not read one another: gradients are exact and cheap.',
    { scale: 0.3, forgetBias: 1 },
  ),
  option('tanh columns', 'tanh-columns', 'Units that read the input and themselves only: the least that can remember.'),
  option('eLSTM', 'elstm', 'An LSTM whose gates do not read the state: exact gradients are cheap.'),
  option('RTU', 'rtu', 'Linear units that swing and fade: a long memory from the start.'),
  option('LRU', 'lru', 'Linear recurrence on complex numbers, one per unit.'),
  option('GRU', 'gru', 'Gated units that all read one another.'),
  option('LSTM', 'lstm', 'The usual LSTM: all units read one another, so exact gradients are dear.'),
  option('tanh', 'tanh', 'The plain recurrent network: all units read one another.'),
  option('none: no state', 'none', 'Nothing is remembered: what is seen now is all there is.'),
];

export const ESTIMATORS: readonly Option[] = [
  option('columnar', 'columnar', 'Exact and cheap, where units do not read one another.'),
  option('SnAp-1', 'snap', 'Keeps how each weight moves its own unit, and forgets what goes through others.', { n: 1 }),
  option('SnAp-2', 'snap', 'The same, and what goes through one other unit.', { n: 2 }),
  option('RTRL', 'rtrl', 'Exact for every cell, and dear: how every weight moves every unit.'),
  option('UORO', 'uoro', 'A noisy guess at the exact gradient, right on average.'),
  option('RFLO', 'rflo', 'Leaves out all that goes through other units; local, like a synapse.'),
  option('truncated BPTT, 10 steps', 'tbptt', 'Back through the latest ten steps; blind to what came before.', {
    window: 10,
  }),
  option(
    'immediate: no credit through time',
    'immediate',
    'Credits the present step only: what to remember is hardly learned.',
  ),
  option(
    'none: the state is not learned',
    'none',
    'The state stays as it was drawn; only the reading of it is learned.',
  ),
];

export const RULES: readonly Option[] = [
  option('TD(lambda)', 'td-lambda', 'The same step size for every weight.'),
  option('RMSprop', 'rmsprop', 'Smaller steps for weights whose gradients are large.', { start: 1e-4 }),
  option('Adam', 'adam', 'RMSprop with momentum.'),
  option('true online TD(lambda)', 'true-online-td', 'TD(lambda) that is exact online.'),
  option('TIDBD', 'tidbd', 'Learns a step size per weight, from TD errors.'),
  option('AutoStep for TD', 'autostep-tidbd', 'TIDBD that needs no tuning, and does not overshoot.'),
  option('ObGD', 'obgd', 'Bounds every step, so that none overshoots.'),
  option('SwiftTD, the head alone', 'swift-td', 'Learns step sizes and bounds them; the state stays as it was drawn.'),
  option('IDBD', 'idbd', 'Learns a step size per weight, by gradient descent on the error.'),
];

export type Kind = 'cell' | 'estimator' | 'rule';
export const OFFERED: Readonly<Record<Kind, readonly Option[]>> = { cell: CELLS, estimator: ESTIMATORS, rule: RULES };

const part = (agent: AgentInput, kind: Kind): Readonly<Record<string, unknown>> =>
  (agent[kind] as Readonly<Record<string, unknown>> | undefined) ?? {};

/** Its place in what is offered; -1: something of one's own. */
export function chosen(agent: AgentInput, kind: Kind): number {
  const own = part(agent, kind);
  return OFFERED[kind].findIndex(({ part: { id, ...more } }) => {
    return (
      id === own['id'] && (kind !== 'estimator' || Object.entries(more).every(([name, value]) => own[name] === value))
    );
  });
}

const sizeName = (id: unknown): string => (String(id).endsWith('-columns') ? 'columns' : 'units');

/** Units of the cell; null: it has none. */
export function sizeOf(agent: AgentInput): number | null {
  const cell = part(agent, 'cell');
  const size = cell[sizeName(cell['id'])];
  return typeof size === 'number' ? size : null;
}

/** Another part in the place of the one there; as many units, and the same alpha and lambda, as far as it has any. */
export function withChoice(agent: AgentInput, kind: Kind, index: number): AgentInput {
  const { part: next } = OFFERED[kind][index]!;
  const before = part(agent, kind);
  if (kind === 'estimator') return { ...agent, estimator: next } as AgentInput;
  if (kind === 'rule') {
    const kept = Object.fromEntries(
      ['alpha', 'lambda']
        .filter((name) => typeof before[name] === 'number' && !(name === 'lambda' && next.id === 'idbd'))
        .map((name) => [name, before[name]]),
    );
    return { ...agent, rule: { ...next, ...kept } } as AgentInput;
  }
  if (next.id === 'none') {
    const features = { id: 'raw', observation: true };
    return { ...agent, cell: next, estimator: { id: 'none' }, features } as AgentInput;
  }
  const cell = { ...next, [sizeName(next.id)]: sizeOf(agent) ?? 20 };
  const estimator = before['id'] === 'none' ? { id: 'snap', n: 1 } : agent.estimator;
  return { ...agent, cell, estimator } as AgentInput;
}

export function withSize(agent: AgentInput, size: number): AgentInput {
  const cell = part(agent, 'cell');
  return { ...agent, cell: { ...cell, [sizeName(cell['id'])]: size } } as AgentInput;
}

/** A number of the rule: alpha, lambda. */
export const ruleNumber = (agent: AgentInput, name: string): number | null => {
  const value = part(agent, 'rule')[name];
  return typeof value === 'number' ? value : null;
};

export const withRuleNumber = (agent: AgentInput, name: string, value: number): AgentInput =>
  ({ ...agent, rule: { ...part(agent, 'rule'), [name]: value } }) as AgentInput;
