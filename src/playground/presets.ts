/** What the playground offers, each with an agent that learns it while somebody looks on. */
import columnar from '../../agents/columnar-td.ts';
import actorCritic from '../../agents/actor-critic.ts';
import { type AgentConfig, defineAgent } from '../agent.ts';

export interface Preset {
  readonly id: string; // of the task
  readonly title: string;
  readonly about: string; // the world, in a sentence
  readonly look: string; // what there is to see
  readonly pace: number; // steps per second at which that can be seen
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
  rule: { id: 'idbd', alpha: 0.05, theta: 0.003 }, // with theta .01, as published, it diverges sooner or later
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
    about: 'A bit is on at one step in six and off at the others. Question: is it on at the next step?',
    look:
      'At five steps of six it sees the same: only a memory tells them apart. The blue prediction grows a peak at the ' +
      'step before the reward, the error falls to 0, and every unit of the state finds a rhythm of its own.',
    pace: 5000,
    options: {},
    agent: quick,
  },
  {
    id: 'trace-conditioning',
    title: 'Trace conditioning',
    about: 'A cue, a gap in which nothing tells, then a reward; ten distractors come and go.',
    look:
      'The prediction is flat at first. Then it rises at the cue and fades before the reward comes, then it holds and climbs ' +
      'across the gap. Rows of the state that the cue changes, and that stay so, are its memory.',
    pace: 20_000,
    options: {},
    agent: columnar,
  },
  {
    id: 'ccn-trace-patterning',
    title: 'Trace patterning',
    about: 'Three of six cues flash for one step. Half of the patterns foretell a reward, 14 to 26 steps later.',
    look:
      'No cue tells anything by itself. After some 100\u00a0000 steps the prediction rises at the right patterns only: it has ' +
      'learned to tell them apart and to remember which it was.',
    pace: 100_000,
    options: { isi: [14, 26] },
    agent: columnar,
  },
  {
    id: 't-maze',
    title: 'T-maze',
    about:
      'A corridor: a sign at its start tells which way to turn at its end. Here the agent acts: left, right, up, down.',
    look:
      'Whoever forgets the sign turns by chance: a return of .6. The curve climbs past that line when the state carries ' +
      'the sign to the junction.',
    pace: 20_000,
    options: {},
    agent: actorCritic,
  },
  {
    id: 'tracking',
    title: 'IDBD tracking',
    about:
      'Twenty inputs, five of which make the target, by weights of 1 or -1 that flip now and then. No memory is needed.',
    look:
      'IDBD learns a step size for every input. All begin at .05: those of the five that matter grow, to follow the flips, ' +
      'those of the fifteen others shrink.',
    pace: 5000,
    options: {},
    agent: tracking,
  },
  {
    id: 'own',
    title: 'Your own',
    about: 'A world in a few lines of JavaScript: what is seen, and which reward comes with it.',
    look: 'As they are, the lines make a reward every six steps, seen only when it comes, beside an input of pure noise.',
    pace: 5000,
    options: { code: EXAMPLE },
    agent: quick,
  },
];

/** Columns that learn from anything, where a task has no preset. */
export const presetAgent = (id: string): AgentConfig => presets.find((preset) => preset.id === id)?.agent ?? quick;
