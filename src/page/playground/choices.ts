/** What the form offers, and what a choice makes of an agent. Everything else an agent can be is said in its JSON. */
import type { AgentInput } from 'agent-state';

export interface Option {
  readonly name: string; // shown
  readonly part: { readonly id: string } & Readonly<Record<string, unknown>>;
}

const option = (name: string, id: string, more: Readonly<Record<string, unknown>> = {}): Option => ({
  name,
  part: { id, ...more },
});

export const CELLS: readonly Option[] = [
  option('LSTM columns', 'lstm-columns', { scale: 0.3, forgetBias: 1 }),
  option('tanh columns', 'tanh-columns'),
  option('eLSTM', 'elstm'),
  option('RTU', 'rtu'),
  option('LRU', 'lru'),
  option('GRU', 'gru'),
  option('LSTM', 'lstm'),
  option('tanh', 'tanh'),
  option('none: no state', 'none'),
];

export const ESTIMATORS: readonly Option[] = [
  option('columnar', 'columnar'),
  option('SnAp-1', 'snap', { n: 1 }),
  option('SnAp-2', 'snap', { n: 2 }),
  option('RTRL', 'rtrl'),
  option('UORO', 'uoro'),
  option('RFLO', 'rflo'),
  option('truncated BPTT, 10 steps', 'tbptt', { window: 10 }),
  option('immediate: no credit through time', 'immediate'),
  option('none: the state is not learned', 'none'),
];

export const RULES: readonly Option[] = [
  option('TD(lambda)', 'td-lambda'),
  option('RMSprop', 'rmsprop', { start: 1e-4 }),
  option('Adam', 'adam'),
  option('true online TD(lambda)', 'true-online-td'),
  option('TIDBD', 'tidbd'),
  option('AutoStep for TD', 'autostep-tidbd'),
  option('ObGD', 'obgd'),
  option('SwiftTD, the head alone', 'swift-td'),
  option('IDBD', 'idbd'),
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
