/** One run of the playground: a learner in its task, lived by steps; a few of them are shown, all are scored. */
import type { AnyEnv } from '@rl-tools/envs';
import { assemble, asked } from '../assemble.ts';
import { createStepChunk, type StepChunk } from '../chunk.ts';
import { earnings } from '../evaluation/earnings.ts';
import { evaluator } from '../evaluation/evaluator.ts';
import { createInteraction, type Policy } from '../interaction.ts';
import { createReportChunk } from '../report-chunk.ts';
import { resolvePart } from '../resolve-part.ts';
import { UserError } from '../user-error.ts';
import { lookInto } from './inside.ts';
import { checkSize } from './limits.ts';
import { type StartOwn, startOwn } from './own-task.ts';
import type { About, Curve, Inside, PlaygroundSetting, Window } from './protocol.ts';
import { recentSteps } from './recent-steps.ts';
import { makeTask } from './setting.ts';
import { thinnedCurve } from './thinned-curve.ts';

const CHUNK = 256;
const OWN_DISCOUNT = 0.9;

export interface Life {
  readonly about: About;
  readonly time: number; // steps lived
  /**
   * Lives so many steps, or fewer where the world has no more yet; returns how many. `isShown`: for the window, which
   * begins anew where other steps were lived since.
   */
  live(count: number, isShown: boolean): number;
  /** Steps of the window from now on. */
  keep(window: number): void;
  window(): Window;
  curve(): Curve;
  inside(): Inside;
  close(): void;
}

export async function createLife(
  setting: Required<PlaygroundSetting>,
  window: number,
  start: StartOwn,
  onReady: () => void,
): Promise<Life> {
  const { seed, agent: recipe, path, precision } = setting;
  const agent = recipe as Parameters<typeof assemble>[0];
  const isOwn = setting.env.id === 'own';
  const discount = setting.discount ?? (isOwn ? OWN_DISCOUNT : null);
  const code = String(setting.env['code'] ?? '');
  const own = isOwn ? await startOwn({ code, seed, discount: discount! }, start, onReady) : null;
  const env: AnyEnv = own?.env ?? (await makeTask(setting.env));
  try {
    const head = await resolvePart('heads', agent.head);
    if (asked(head, env.observationSpace.size) || head.part.classes?.(head.options)) {
      throw new UserError(`Cannot show head ${head.choice.id} in the playground: it answers more than one question`);
    }
    const acts = head.part.acts === true;
    const capacity = acts ? 1 : CHUNK;
    const policy: Policy = () => ((env.actionSpace as { start?: number }).start ?? 0) + made.learner.action;
    const interaction = createInteraction(env, { seed, discount, chunk: capacity, ...(acts ? { policy } : {}) });
    const { inputSize } = interaction;
    await checkSize(agent, inputSize);
    const made = await assemble(agent, { inputSize, seed, path, precision, actionSpace: env.actionSpace });
    const about = aboutOf(setting, env, made, { inputSize, acts, discount: discount ?? env.metadata.discount });
    const { learner } = made;
    const looking = lookInto(made);
    const curve = thinnedCurve();
    const score = scoring(about, env, curve.first, (step, value) => curve.add(step, value));
    const { chunk } = interaction;
    const report = createReportChunk(chunk);
    const one = createReportChunk(createStepChunk(1, inputSize));
    const recent = (capacity: number) =>
      recentSteps({ capacity, inputs: inputSize, entries: looking.entries, units: looking.units });
    let steps = recent(window);
    let next = 0; // the chunk's first step that is not learned from yet
    let time = 0;
    let shownTo = 0; // the window's end

    const liveOne = (isShown: boolean): void => {
      copyStep(chunk, next++, one.steps);
      learner.run(one.steps, one);
      score(one);
      time++;
      if (!isShown) return;
      if (shownTo !== time - 1) steps.clear();
      steps.push(one, learner.action, looking.state(), looking.eligibility());
      shownTo = time;
    };
    const liveChunk = (): void => {
      learner.run(chunk, report);
      score(report);
      next = chunk.length;
      time += chunk.length;
    };
    /** Whether there is a step to learn from. */
    const refill = (): boolean => {
      if (next < chunk.length) return true;
      if (own && own.ready() < capacity) return false;
      next = 0;
      return interaction.fill();
    };
    return {
      about,
      get time() {
        return time;
      },
      live(count, isShown) {
        const end = time + count;
        const from = time;
        while (time < end && refill()) {
          if (!isShown && next === 0 && time + chunk.length <= end) liveChunk();
          else liveOne(isShown);
        }
        return time - from;
      },
      keep: (length) => void (steps = recent(length)),
      window: () => steps.shown(shownTo),
      curve: curve.shown,
      inside: looking.inside,
      close: () => env.close(),
    };
  } catch (error) {
    env.close();
    throw error;
  }
}

function copyStep(from: StepChunk, i: number, to: StepChunk): void {
  const m = from.inputSize;
  to.length = 1;
  for (let j = 0; j < m; j++) to.observation[j] = from.observation[i * m + j]!;
  to.cumulant[0] = from.cumulant[i]!;
  to.discount[0] = from.discount[i]!;
  to.start[0] = from.start[i]!;
  to.ratio[0] = from.ratio[i]!;
  to.value[0] = from.value[i]!;
  to.success[0] = from.success[i]!;
}

type Made = Awaited<ReturnType<typeof assemble>>;
interface Facts {
  readonly inputSize: number;
  readonly acts: boolean;
  readonly discount: number | null;
}

function aboutOf(setting: Required<PlaygroundSetting>, env: AnyEnv, made: Made, { inputSize, ...facts }: Facts): About {
  const { learner, parts, cost, chosen, exact, stepSizes } = made;
  const { floors } = env.metadata;
  const isTold = floors !== null && !facts.acts && facts.discount === env.metadata.discount;
  return {
    setting,
    inputs: inputSize,
    units: parts.cell.units,
    components: parts.cell.components,
    parameters: learner.parameters,
    macsPerStep: cost.macsPerStep,
    chosen,
    isExact: exact,
    ...facts,
    measure: facts.acts ? 'return of an episode' : 'squared error',
    floors: isTold ? { zero: floors.zero, constant: floors.constant, ideal: floors.ideal } : null,
    stepSizes: (stepSizes?.groups ?? []).map(({ name }) => name),
  };
}

function scoring(
  { acts, discount }: About,
  env: AnyEnv,
  every: number,
  add: (step: number, value: number) => void,
): (report: ReturnType<typeof createReportChunk>) => void {
  const from = Infinity; // no final score: there is no end
  if (acts) return earnings({ every, from }, (row) => add(row.step, row.return)).push;
  const isOwnValue =
    env.value !== undefined && env.metadata.floors?.target === 'value' && discount === env.metadata.discount;
  const target = isOwnValue ? 'value' : 'return';
  return evaluator({ target, every, from }, (row) => add(row.step, row.msre)).push;
}
