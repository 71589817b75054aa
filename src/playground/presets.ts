/** What the playground offers, each with an agent that learns it while somebody looks on. */
import columnar from '../../agents/columnar-td.ts';
import actorCritic from '../../agents/actor-critic.ts';
import { type AgentConfig, defineAgent } from '../agent.ts';

export interface Preset {
  readonly id: string; // of the task
  readonly title: string;
  readonly about: string; // what there is to see
  readonly options: Readonly<Record<string, unknown>>; // of the task, where they are not its defaults
  readonly agent: AgentConfig;
}

/** In a hurry: larger steps than the standard ones, for nets that are watched for seconds. */
const quick = { ...columnar, rule: { ...columnar.rule, alpha: 1e-3, headAlpha: 1e-3, lambda: 0.9 } };

const tracking = defineAgent({
  summary: 'a step size per input, learned by IDBD',
  cite: 'sutton1992adapting',
  cell: { id: 'none' },
  estimator: { id: 'none' },
  features: { id: 'raw', bias: false, observation: true },
  rule: { id: 'idbd', alpha: 0.05, theta: 0.01 },
});

const EXAMPLE = `// Called once per step. \`see\` is what the agent sees, \`reward\` what it predicts.
// random() is uniform in [0, 1), the same numbers for the same seed.
let phase = 0;
function next(random) {
  phase = (phase + 1) % 6;
  return { see: [phase === 0 ? 1 : 0, random()], reward: phase === 0 ? 1 : 0 };
}
`;

export const presets: readonly Preset[] = [
  {
    id: 'cycle-world',
    title: 'Cycle world',
    about: 'One bit in six steps: when does it come? The columns learn to count.',
    options: {},
    agent: quick,
  },
  {
    id: 'trace-conditioning',
    title: 'Trace conditioning',
    about: 'A cue, a gap, then the reward. The prediction learns to rise before the reward, across the gap.',
    options: {},
    agent: columnar,
  },
  {
    id: 'ccn-trace-patterning',
    title: 'Trace patterning',
    about: 'Six bits for one step; half of the patterns foretell a reward, many steps later.',
    options: { isi: [14, 26] },
    agent: columnar,
  },
  {
    id: 't-maze',
    title: 'T-maze',
    about: 'A sign at the start tells which way to turn at the end. The agent acts, and must remember.',
    options: {},
    agent: actorCritic,
  },
  {
    id: 'tracking',
    title: 'IDBD tracking',
    about: 'Twenty inputs, five matter, their signs flip. The step sizes sort signal from noise.',
    options: {},
    agent: tracking,
  },
  {
    id: 'own',
    title: 'Your own',
    about: 'A few lines of JavaScript that say what is seen and what comes.',
    options: { code: EXAMPLE },
    agent: quick,
  },
];

/** Columns that learn from anything, where a task has no preset. */
export const presetAgent = (id: string): AgentConfig => presets.find((preset) => preset.id === id)?.agent ?? quick;
