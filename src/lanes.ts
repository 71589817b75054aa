/**
 * A learner of B lanes: streams of their own that share theta and w, as a minibatch (Menick et al. 2021, section 5). Each
 * lane has its state, influence, features, statistics and starts. It learns from targets y_b,t. At every step t
 *   1  for each lane b:  s_b,t, J_b,t, v_b,t;  G += g_b,t, the descent of lane b's loss                      (1)
 *   2  after every T steps:  G <- G / B (mean) or as it is (sum), no longer than clip;  theta, w by the rule from G;  G <- 0
 * All lanes see one theta within a step. T = 1 is online. T = `episode`: the weights stay as they are through a sequence
 * of every lane; the lanes start together, one whose sequence is over waits for the others (its step is null), and 2 is
 * made before their next start. There G is, with an exact estimator, the gradient of the sequences whole.
 * A step without target (null) asks nothing: the lane moves on. Where none asked since the last update, none is made.
 * B = 1, T = 1 is the learner of learner.ts, bit by bit. TD errors would need a z per lane: refused.
 */
import { allFinite, DivergenceError, firstBad } from './divergence-error.ts';
import type { LearnerParts, LearnerSettings } from './learner.ts';
import { checkRule } from './learning/check-rule.ts';
import { createCore } from './learning/core.ts';
import { gather, sumOf } from './learning/gather.ts';
import { growthOfLanes } from './learning/growth-of-lanes.ts';
import type { LaneCore, LanesEngine } from './learning/lanes-engine.ts';
import { fromTargets } from './learning/targets.ts';
import { joined, named } from './stateful.ts';
import type { Cell, Report, Stateful, StepSizeRule, WeightGroup } from './types.ts';
import { UserError } from './user-error.ts';

/** What a lane sees; the object may be reused. */
export interface LaneStep {
  readonly observation: Float64Array; // x_t [m]
  readonly target: Float64Array | null; // y_t [K]; null: nothing is asked
  readonly start: boolean; // x_t opens a sequence
}

/** One cell and one head, and for each lane what it has of its own. */
export interface LanesParts extends Pick<LearnerParts, 'cell' | 'head' | 'growth'> {
  readonly lanes: readonly Pick<LearnerParts, 'estimator' | 'features' | 'inputs'>[]; // B, none of them twice
  readonly rule: (groups: readonly WeightGroup[]) => StepSizeRule; // made once, for what all lanes share
}

/** When the weights change, and what B gradients come to. */
export interface LanesSettings extends LearnerSettings {
  readonly updateEvery?: number | 'episode' | undefined; // T, 1 unless said
  readonly overLanes?: 'mean' | 'sum' | undefined; // mean unless said
}

/** A minibatch: B lanes that live their own streams and share every weight. */
export interface LanesLearner extends Stateful {
  readonly lanes: number;
  readonly inputSize: number;
  readonly questions: number;
  readonly parameters: number;
  readonly cell: Cell;
  readonly rule: StepSizeRule;
  readonly tokens: number; // steps lived, of all lanes
  readonly reports: readonly Report[]; // the latest answer of every lane
  /** One step of every lane, null where it waits; the answers of a lane that waits stay those of its latest step. */
  step(steps: readonly (LaneStep | null)[]): readonly Report[];
  /** Learns at once from what was gathered, as at the end of the last sequence; true where there was something. */
  update(): boolean;
}

/**
 * A learner of B lanes; parts that take one lane alone are refused by a UserError. `engine`: what computes cells and
 * estimators in place of their parts, where changes are gathered.
 */
export function createLanes(
  parts: LanesParts,
  settings: LanesSettings = {},
  engine: LanesEngine | null = null,
): LanesLearner {
  const { cell, head } = parts;
  const { clip = null, keepStateAcrossEpisodes = false, updateEvery: every = 1, overLanes = 'mean' } = settings;
  const B = parts.lanes.length;
  refuse(parts, every);
  const isOne = B === 1 && every === 1;
  let groups: readonly WeightGroup[] = [];
  let made: StepSizeRule | null = null;
  const rule = (own: readonly WeightGroup[]): StepSizeRule => {
    if (made === null) groups = isOne ? own : own.map(sumOf);
    return (made ??= parts.rule(groups));
  };
  const growing = parts.growth && growthOfLanes(parts.growth);
  const joining = growing ? { growth: growing.join } : {};
  const needs = parts.lanes.map((lane) => ({ cell, head, ...lane, rule, ...joining }));
  const of = { ...settings, clip: null };
  const one = isOne ? createCore(needs[0]!, of) : null;
  const cores: readonly LaneCore[] = one
    ? [one]
    : needs.map((lane, b) => (engine ? engine.core(b, lane, of) : createCore(lane, of)));
  checkRule(made!, groups, clip, parts.lanes[0]!.estimator);
  const growth = growing?.create({ groups, rule: made! }) ?? null; // its clock: changes of the weights
  const time = new Float64Array(1); // steps t
  const tokens = new Float64Array(1);
  const asked = new Float64Array(2); // targets learned from and steps lived, since the last update
  const estimators = parts.lanes.map(({ estimator }) => estimator);
  const divisor = overLanes === 'mean' ? B : 1;
  const elsewhere = engine?.sums ?? null;
  const moved = (): void => engine?.spread();
  const gathering = one ? null : gather({ rule: made!, groups, asked, clip, divisor, estimators, elsewhere, moved });
  const learners = one ? [fromTargets(one, clip)] : cores.map((core) => gathering!.lane(core));
  const update = (): boolean => {
    const learns = gathering?.update() ?? false;
    if (learns) growth?.step();
    return learns;
  };
  const begin = (core: LaneCore): void => {
    if (!keepStateAcrossEpisodes || time[0] === 0 || core.time[0] === 0) core.begin();
  };
  const state = joined(
    {
      cell: announced(
        named({ params: cell.params }, () => undefined),
        moved,
      ),
      head,
      rule: made!,
      learner: named({ time, tokens, asked }, () => undefined),
      ...(isOne ? {} : { gathered: gatheredIn(groups, elsewhere) }),
      ...Object.fromEntries(cores.flatMap(arraysOf)),
      ...(growth ? { growth } : {}),
    },
    () => {
      made!.reset();
      gathering?.forget();
      for (let b = 0; b < B; b++) begin(cores[b]!);
    },
  );

  const live = (b: number, s: LaneStep): void => {
    const core = cores[b]!;
    if (s.start) begin(core);
    core.predict(s.observation);
    if (s.target !== null) learners[b]!(s.target);
    else if (core.learning) core.influence();
    core.finish?.();
    const { prediction, delta } = core.report;
    if (s.target === null) delta.fill(0);
    if (!allFinite(prediction) || !allFinite(delta)) throw new DivergenceError(core.time[0]!, firstBad(state));
    if (one?.learning) growth?.step();
    core.time[0]!++;
    tokens[0]!++;
    asked[1]!++;
  };
  const reports = cores.map(({ report }) => report);
  return {
    ...state,
    get arrays() {
      return state.arrays;
    },
    lanes: B,
    inputSize: cell.inputSize,
    questions: head.outputs,
    parameters: cell.params.length + head.weights.length,
    cell,
    rule: made!,
    reports,
    get tokens() {
      return tokens[0]!;
    },
    step(steps) {
      if (steps.length !== B)
        throw new UserError(`Cannot take ${steps.length} steps at once: the learner has ${B} lanes`);
      if (every === 'episode' && startsOf(steps, asked[1]! > 0)) update();
      for (let b = 0; b < B; b++) {
        const s = steps[b]!;
        if (s !== null) live(b, s);
      }
      time[0]!++;
      if (every !== 'episode' && time[0]! % every === 0) update();
      return reports;
    },
    update,
  };
}

/** Whether all lanes start. Some alone would change the weights in the middle of others' sequences. */
function startsOf(steps: readonly (LaneStep | null)[], isOn: boolean): boolean {
  let count = 0;
  for (let b = 0; b < steps.length; b++) if (steps[b] !== null && steps[b]!.start) count++;
  if (count > 0 && count < steps.length && isOn) {
    throw new UserError(
      `Cannot start ${count} of ${steps.length} lanes: with updateEvery episode they start together; a lane whose sequence is over waits (null)`,
    );
  }
  return count === steps.length;
}

/** What lane b keeps; its prediction for an environment that hears it at the next step. */
function arraysOf({ lane, parts: { estimator, features, inputs }, time, skipped, report }: LaneCore, b: number) {
  const { prediction } = report;
  const of: [string, Stateful][] = [
    ['lane', lane],
    ['estimator', estimator],
    ['features', features],
    ...(inputs ? [['inputs', inputs] as [string, Stateful]] : []),
    ['steps', named({ time, skipped, prediction }, () => undefined)],
  ];
  return of.map(([name, part]): [string, Stateful] => [`${b}.${name}`, part]);
}

/** The sums of all groups; the cell's may be made elsewhere. */
function gatheredIn(groups: readonly WeightGroup[], elsewhere: LanesEngine['sums'] | null): Stateful {
  const own = named(Object.fromEntries(groups.map((g) => [g.name, g.gradient])), () => undefined);
  const of = (name: string) => (name === 'cell' && elsewhere ? elsewhere : null);
  return {
    ...own,
    read: (name, into) => (of(name) ? of(name)!.read(into) : own.read(name, into)),
    write: (name, from) => (of(name) ? of(name)!.write(from) : own.write(name, from)),
  };
}

/** Tells when an array was written. */
function announced(state: Stateful, written: () => void): Stateful {
  return {
    ...state,
    write(name, from) {
      state.write(name, from);
      written();
    },
  };
}

function refuse({ cell, head, lanes }: LanesParts, every: number | 'episode'): void {
  if (lanes.length === 0) throw new UserError('Cannot make a learner of 0 lanes: take one or more');
  if (every !== 'episode' && !(Number.isInteger(every) && every >= 1)) {
    throw new UserError(`Cannot update every ${every} steps: take 1 or more, or episode`);
  }
  if (every !== 'episode' && lanes.some(({ estimator }) => estimator.give)) {
    throw new UserError(
      'Cannot go back at the end of sequences: the weights change before; set updateEvery to episode',
    );
  }
  if (head.control) throw new UserError('Cannot act in lanes: they learn from targets; take one lane');
  if (head.horde) throw new UserError('Cannot learn questions in lanes: TD needs a trace per lane; take one lane');
  if (cell.stages?.normalised)
    throw new UserError('Cannot normalise the inputs of stages in lanes: set normalise to null');
}
