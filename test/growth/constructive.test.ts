import { describe, expect, it } from 'vitest';
import { createRng } from '@rl-tools/envs';
import { listParts, loadPart } from '../../src/registry.ts';
import type { Cell, Dynamics, Estimator } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { carry, get, snapshot } from '../support/arrays.ts';
import { alive, type Alive, draw, INPUTS, live, PER_STAGE, staged } from '../support/growing.ts';
import { run, smallSetting } from '../support/runs.ts';
import { tempFolder } from '../support/temp.ts';

const STEPS = 20; // per stage
const STAGES = [0, 1, 2];
const unitOfParam = ({ rows }: Cell): number[] =>
  Array.from({ length: rows.count }, (_, r) =>
    Array.from(rows.source.subarray(rows.start[r], rows.start[r + 1]), () => rows.dest[rows.destStart[r]!]!),
  ).flat();
const stageOfParam = (cell: Cell): number[] => unitOfParam(cell).map((unit) => Math.floor(unit / PER_STAGE));

/** A learner with random head and statistics that no step changes: v is a function of theta alone. */
async function still(normalise: boolean, change: Parameters<typeof alive>[1] = () => ({})): Promise<Alive> {
  const rule = { id: 'td-lambda', alpha: 0, lambda: 0.9 };
  const made = await alive(staged({ rule }, { normalise, rate: 1, steps: STEPS }), change);
  const { learner } = made;
  draw(learner, 'head.weights');
  draw(learner, 'features.mean');
  draw(learner, 'features.variance', (value) => 0.3 + value * value);
  if (normalise) {
    draw(learner, 'growth.inputs.mean');
    draw(learner, 'growth.inputs.variance', (value) => 0.3 + value * value);
  }
  return made;
}

/** dv_T/dtheta by central differences, of the stage that learns at T; 0 elsewhere. */
async function measured(normalise: boolean, stage: number, until: number): Promise<Float64Array> {
  const { parts, learner } = await still(normalise);
  const theta = Float64Array.from(parts.cell.params);
  const begin = get(learner, 'growth.stages.clock');
  const vAt = (j: number, shift: number): number => {
    parts.cell.params.set(theta);
    parts.cell.params[j]! += shift;
    learner.write('growth.stages.clock', Float64Array.from(begin));
    return live({ learner }, 0, until).at(-1)!;
  };
  const h = 1e-5;
  const stages = stageOfParam(parts.cell);
  return theta.map((_, j) => (stages[j] === stage ? (vAt(j, h) - vAt(j, -h)) / (2 * h) : 0));
}

/** The published program's mistake: traces take h(t) of earlier columns where the step had read h(t-1). */
function readsTooLate(estimator: Estimator, cell: Cell, stage: number): Estimator {
  const isEarlier = (entry: number): boolean => Math.floor(entry / 2) < stage * PER_STAGE;
  return {
    ...estimator,
    update(d) {
      const pre = Float64Array.from(d.lane.pre);
      d.lane.state.forEach((value, entry) => isEarlier(entry) && (pre[cell.inputSize + 1 + entry] = value));
      estimator.update({ lane: { ...d.lane, pre }, own: () => d.own() } as Dynamics);
    },
  };
}

describe.each([false, true])('columns in stages, normalised: %s,', (normalise) => {
  it.each(STAGES)('have the gradient that finite differences of v measure, in stage %i', async (stage) => {
    const until = stage * STEPS + 12;
    const expected = await measured(normalise, stage, until);
    const own = await still(normalise);
    live(own, 0, until);
    expectEqual(own.learner.gradient, expected, 1e-6);
    if (normalise || stage === 0) return;
    const published = await still(normalise, ({ cell, estimator }) => ({
      estimator: readsTooLate(estimator, cell, stage),
    }));
    live(published, 0, until);
    expectDifferent(published.learner.gradient, expected, 0.01);
  });

  it('have the same gradient by full RTRL and by back-propagation through all of it', async () => {
    const agent = (id: string) => staged({ estimator: { id }, rule: { id: 'td-lambda', alpha: 0 } }, { normalise });
    const gradients = await Promise.all(
      ['columnar', 'rtrl', 'bptt', 'immediate'].map(async (id) => {
        const made = await alive(agent(id));
        draw(made.learner, 'head.weights');
        if (normalise) draw(made.learner, 'growth.inputs.variance', (value) => 0.3 + value * value);
        live(made, 0, 35);
        return made.learner.gradient;
      }),
    );
    const [columnar, rtrl, bptt, immediate] = gradients as [Float64Array, Float64Array, Float64Array, Float64Array];
    expectEqual(columnar, rtrl, 1e-12);
    if (!normalise) expectEqual(columnar, bptt, 1e-10); // it lives old steps again by the statistics of now
    expectDifferent(immediate, rtrl, 0.01);
  });

  it('show the gradient of the stage that learns to estimators that watch, too', async () => {
    const made = await alive(staged({}, { normalise }));
    draw(made.learner, 'head.weights');
    const rtrl = (await loadPart('estimators', 'rtrl')).create({}, createRng('rtrl'), { cell: made.parts.cell });
    const watched = made.learner.watch(rtrl);
    live(made, 0, 35);
    expectEqual(watched, made.learner.gradient, 1e-12);
    expect(stageOfParam(made.parts.cell).every((stage, j) => stage === 1 || watched[j] === 0)).toBe(true);
  });

  it('say that their columnar gradient is exact, and that it would not be without stages', async () => {
    expect((await alive(staged({}, { normalise }))).exact).toBe(true);
    if (!normalise) expect((await alive(staged({ growth: { id: 'none' } }))).exact).toBe(false);
  });
});

describe('statistics of inputs', () => {
  it('move with the stage that learns and are then kept', async () => {
    const made = await alive(staged({}, { normalise: true, steps: STEPS }));
    const copies = [INPUTS, INPUTS + 2, INPUTS + 4];
    const seen = (): number[][] => {
      const mean = get(made.learner, 'growth.inputs.mean');
      return STAGES.map((s) => mean.splice(0, copies[s]));
    };
    live(made, 0, STEPS);
    const first = seen();
    expect(first.map((values) => values.every((value) => value !== 0))).toEqual([true, false, false]);
    expect(first[1]!.every((value) => value === 0)).toBe(true);
    live(made, STEPS, 2 * STEPS);
    const second = seen();
    expect(second[0]).toEqual(first[0]);
    expect(second[1]!.every((value) => value !== 0)).toBe(true);
  });

  it('are those that the formula gives, taken in after the step that read them', async () => {
    const made = await alive(staged({}, { normalise: true, rate: 0.9 }));
    live(made, 0, 2);
    const x = [0, 1].map((t) => createRng(`life/${t}`).normal());
    const [first, second] = x as [number, number];
    const mu = 0.9 * (0.1 * first) + 0.1 * second;
    const before = Math.max(0.01, 0.9 + 0.1 * (first - 0.1 * first) ** 2);
    expect(get(made.learner, 'growth.inputs.mean')[0]).toBeCloseTo(mu, 14);
    expect(get(made.learner, 'growth.inputs.variance')[0]).toBeCloseTo(0.9 * before + 0.1 * (second - mu) ** 2, 14);
  });

  it('of features go on, or end with their stage where asked', async () => {
    for (const freezeFeatures of [false, true]) {
      const growth = { id: 'constructive', stepsPerStage: STEPS, freezeFeatures };
      const made = await alive(staged({ growth }));
      live(made, 0, STEPS);
      const before = get(made.learner, 'features.mean');
      live(made, STEPS, STEPS + 5);
      const kept = get(made.learner, 'features.mean').map((value, i) => value === before[i]);
      expect(kept).toEqual([freezeFeatures, freezeFeatures, false, false, false, false]);
    }
  });

  it('without growth are refused in one line', async () => {
    await expect(alive(staged({ growth: { id: 'none' } }, { normalise: true }))).rejects.toThrow(
      'Cannot normalise the inputs of stages: their statistics move with a stage that grows; set growth to constructive, or normalise to null',
    );
  });
});

describe('unborn columns', () => {
  it('do not influence v, whatever their weights; born ones do', async () => {
    const v = async (stage: number): Promise<number[]> => {
      const made = await alive(staged());
      draw(made.learner, 'head.weights');
      const stages = stageOfParam(made.parts.cell);
      const { params } = made.parts.cell;
      stages.forEach((s, j) => s === stage && (params[j] = -params[j]! + 0.5));
      return live(made, 0, STEPS);
    };
    const plain = await v(-1);
    expect(await v(1)).toEqual(plain);
    expect(await v(2)).toEqual(plain);
    expect(await v(0)).not.toEqual(plain);
  });
});

describe.each(listParts('step-sizes'))('by %s', (id) => {
  it('only the columns of the stage that learns move, and the head of those that are born', async () => {
    const { headOnly } = (await loadPart('step-sizes', id)).create({}, createRng(id), { groups: [] });
    const rules = headOnly ? { rule: { id: 'td-lambda' }, headRule: { id } } : { rule: { id } };
    const made = await alive(staged(rules, { normalise: true, steps: STEPS }));
    const { cell } = made.parts;
    const stages = stageOfParam(cell);
    for (const stage of [...STAGES, 3]) {
      const theta = [...cell.params];
      const w = get(made.learner, 'head.weights');
      live(made, stage * STEPS, (stage + 1) * STEPS);
      const moved = (s: number): boolean[] =>
        theta.map((value, j) => value !== cell.params[j]).filter((_, j) => stages[j] === s);
      for (const s of STAGES) {
        if (s !== stage) expect(moved(s).includes(true), `stage ${s} in stage ${stage}`).toBe(false);
        else expect(moved(s).includes(true)).toBe(true);
      }
      const born = get(made.learner, 'head.weights').map((value, i) => value !== w[i]);
      expect(born.slice(0, 6)).toEqual(STAGES.flatMap((s) => [s <= stage, s <= stage]));
    }
  });
});

describe('the step size of the head', () => {
  it('is divided by the columns born, where not switched off', async () => {
    for (const shareStep of [true, false]) {
      const made = await alive(staged({ growth: { id: 'constructive', stepsPerStage: STEPS, shareStep } }));
      const sizes = (): [head: number, cell: number] => {
        const into = { head: new Float64Array(7), cell: new Float64Array(made.parts.cell.params.length) };
        made.learner.rule.stepSizes('head', into.head);
        made.learner.rule.stepSizes('cell', into.cell);
        return [into.head[0]!, into.cell[0]!];
      };
      for (const stage of [...STAGES, 3]) {
        const born = shareStep ? Math.min(6, (stage + 1) * PER_STAGE) : 1;
        expect(sizes()).toEqual([0.01 / born, 0.01]);
        live(made, stage * STEPS, (stage + 1) * STEPS);
      }
    }
  });

  it.each(['td-lambda', 'rmsprop', 'adam'])('is the one that %s takes', async (id) => {
    const first = async (shareStep: boolean): Promise<number[]> => {
      const growth = { id: 'constructive', stepsPerStage: STEPS, shareStep };
      const made = await alive(staged({ rule: { id, alpha: 0.01 }, growth }));
      live(made, 0, 2); // the first step that changes anything
      return get(made.learner, 'head.weights');
    };
    const [shared, whole] = [await first(true), await first(false)];
    expect(shared[0]).not.toBe(0);
    shared.forEach((w, i) => expect(w).toBeCloseTo(whole[i]! / PER_STAGE, 14));
  });
});

describe('a life with stages', () => {
  it('goes on from its arrays in the middle of a stage as if nothing had happened', async () => {
    const agent = staged({ rule: { id: 'rmsprop' } }, { normalise: true, steps: STEPS });
    const [whole, first, second, forgetful] = [
      await alive(agent),
      await alive(agent),
      await alive(agent),
      await alive(agent),
    ];
    live(whole, 0, 70);
    live(first, 0, 33);
    carry(first.learner, second.learner);
    live(second, 33, 70);
    expect(snapshot(second.learner)).toEqual(snapshot(whole.learner));
    live(forgetful, 33, 70);
    expect(snapshot(forgetful.learner)).not.toEqual(snapshot(whole.learner));
  });

  it('stopped in the middle of a stage and resumed ends with the bytes of an uninterrupted run', async () => {
    const results = tempFolder();
    const agent = staged({ rule: { id: 'rmsprop' } }, { normalise: true, steps: 700 });
    const setting = await smallSetting({ agent: { ...agent, id: 'staged' }, steps: 2500 });
    const whole = await run(results, 'whole', { setting });
    await run(results, 'parts', { setting, stopAt: 900 });
    const { end, files } = await run(results, 'parts', { setting, resume: true });
    expect(end.status).toBe('done');
    expect(files).toEqual(whole.files);
    expect(files.checkpoint).not.toEqual((await run(results, 'other', { setting, seed: 1 })).files.checkpoint);
  });

  it('that only predicts does not grow', async () => {
    const made = await alive(staged());
    live(made, 0, 50);
    const { assembleReference } = await import('../../src/assemble.ts');
    const { learner } = await assembleReference(staged(), { inputSize: INPUTS, seed: 0, learning: false });
    carry(made.learner, learner);
    live({ learner }, 50, 80);
    expect(get(learner, 'growth.stages.clock')).toEqual([50]);
    live(made, 50, 80);
    expect(get(made.learner, 'growth.stages.clock')).toEqual([60]);
  });
});

describe('other cells', () => {
  it('are learned in stages too, by perStage', async () => {
    const cell = { id: 'lstm-columns', columns: 6, scale: 1 };
    const made = await alive(staged({ cell, growth: { id: 'constructive', perStage: 3, stepsPerStage: STEPS } }));
    const theta = [...made.parts.cell.params];
    live(made, 0, STEPS);
    const units = unitOfParam(made.parts.cell);
    const moved = new Set(units.filter((_, j) => theta[j] !== made.parts.cell.params[j]));
    expect([...moved].sort()).toEqual([0, 1, 2]);
  });

  it('are refused in one line where they have no stages, others, or no columns', async () => {
    const act = (cell: { id: string; columns?: number }, growth = {}) =>
      alive(staged({ cell, growth: { id: 'constructive', ...growth } }));
    await expect(act({ id: 'lstm-columns' })).rejects.toThrow('this cell has no stages of its own; set perStage');
    await expect(act({ id: 'staged-columns' }, { perStage: 3 })).rejects.toThrow(
      'Cannot learn 3 columns per stage: the cell has stages of 2; leave perStage of the growth at null',
    );
    await expect(act({ id: 'gru-reset-before' }, { perStage: 3 })).rejects.toThrow('move each other within a step');
  });

  it('take the reference path, and say why', async () => {
    const { assemble } = await import('../../src/assemble.ts');
    const { chosen } = await assemble(staged(), { inputSize: INPUTS, seed: 0 });
    expect(chosen.path).toBe('reference');
    expect(chosen.reason).toMatch(/no kernel: stages change on the reference path|the kernels are not built/);
  });
});
