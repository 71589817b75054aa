/**
 * Meta-learning through columns (Javed, White & Sutton 2021): the head learns by LMS at every step, and the cell along the
 * gradient through those updates. Weight theta of column i, whose feature is h_i with TH = dh_i/dtheta, and
 * TW = dw_i/dtheta through all past steps of the head, TW_0 = 0:
 *   theta += alpha delta z,   z = w_i TH + h_i TW                                                       (1)
 *   TW += headAlpha (delta TH - h_i z)                                                                  (2)
 *   w += headAlpha delta h                                                                              (3)
 * all with the h and TH of the prediction that delta judges. What theta does to the head's other weights through delta is
 * dropped, as in IDBD; so are links between columns: exact on one column, whose weight is all of the head.
 * A weight whose unit makes several features (rtu, lru) or none has no TW: it follows the plain gradient.
 * w and TW are those that the trace finds: from targets the prediction's own; from TD errors, where a prediction comes
 * before the update of its step, those after it, as in every other rule. There are no eligibility traces: from TD errors
 * this is TD(0), and v_t is taken for a constant. An importance ratio multiplies delta and, in (2), the step.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { ruleMemory } from '../rule-memory.ts';
import type { Credit, RuleNeeds, StepSizeRule, WeightGroup } from '../types.ts';
import { UserError } from '../user-error.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(1e-4).describe('step size of the cell'),
  headAlpha: z.number().min(0).default(1e-2).describe('step size of the head, the one learned through'),
});

export default definePart<z.infer<typeof options>, RuleNeeds, StepSizeRule>({
  cite: 'javed2021columnar',
  summary: 'the cell learns through the updates of an LMS head',
  options,
  create({ alpha, headAlpha }, _rng, { groups }) {
    const head = groups.find(({ name }) => name === 'head');
    const cell = groups.find(({ name }) => name === 'cell');
    if (cell && !cell.reach) throw noReach();
    if (cell && !head) throw alone();
    if (head && head.features?.length !== head.weights.length) throw noLms();
    const ofHead = ruleMemory(head ? [head] : [], { z: { start: 0, trace: true } });
    const ofCell = ruleMemory(cell ? [cell] : [], {
      z: { start: 0, trace: true },
      th: { start: 0, trace: true },
      tw: { start: 0 },
    });
    const sizes = { cell: alpha, head: headAlpha };
    const cells = (cell?.weights.length ?? 0) * 5;
    return {
      ...both(ofHead, ofCell),
      fixed: true,
      single: true,
      reads: 'reach',
      macsPerStep: (head?.weights.length ?? 0) + cells,
      noKernel: 'its traces through the head stay on the reference path',
      apply(credit) {
        if (cell) meta(cell, ofCell.of[0]!, ofHead.of[0]!.z, credit, sizes);
        if (!head) return;
        const { z: h } = ofHead.of[0]!;
        const step = headAlpha * credit.ratio * credit.delta;
        for (let i = 0; i < h.length; i++) head.weights[i]! += step * h[i]!; // (3)
      },
      trace() {
        if (head) ofHead.of[0]!.z.set(head.gradient);
        if (cell) remember(cell, ofCell.of[0]!, head!.gradient);
      },
      stepSizes: (name, into) => into.fill(sizes[name]),
      restart(name, start, end) {
        ofHead.restart(name, start, end);
        ofCell.restart(name, start, end);
      },
    };
  },
});

type Traces = Readonly<Record<'z' | 'th' | 'tw', Float64Array>>;

function both(a: ReturnType<typeof ruleMemory>, b: ReturnType<typeof ruleMemory>) {
  return {
    arrays: { ...a.arrays, ...b.arrays },
    read: (name: string, into: Float64Array) => (name in a.arrays ? a : b).read(name, into),
    write: (name: string, from: Float64Array) => (name in a.arrays ? a : b).write(name, from),
    reset() {
      a.reset();
      b.reset();
    },
  };
}

function remember({ gradient, reach }: WeightGroup, { z, th, tw }: Traces, h: Float64Array): void {
  const { sensitivity, feature } = reach!;
  for (let i = 0; i < z.length; i++) {
    th[i] = sensitivity[i]!;
    const own = feature[i]!;
    z[i] = own < 0 ? gradient[i]! : gradient[i]! + h[own]! * tw[i]!;
  }
}

function meta(
  { weights, reach }: WeightGroup,
  { z, th, tw }: Traces,
  h: Float64Array,
  { delta, ratio }: Credit,
  { cell, head }: { readonly cell: number; readonly head: number },
): void {
  const { feature } = reach!;
  const [step, through] = [cell * ratio * delta, head * ratio];
  for (let i = 0; i < z.length; i++) {
    weights[i]! += step * z[i]!; // (1)
    const own = feature[i]!;
    if (own >= 0) tw[i]! += through * (delta * th[i]! - h[own]! * z[i]!); // (2)
  }
}

const noReach = () =>
  new UserError('Cannot learn through updates: the learner does not say what weights do to features');
const noLms = () =>
  new UserError(
    'Cannot learn through updates: they are those of one linear prediction; take head linear, one question',
  );
const alone = () =>
  new UserError('Cannot learn through updates: the rule needs the head that it learns through; leave headRule at null');
