/**
 * One step in the order of src/learner.ts, and a chunk of them. theta's change, traces and eligibility of step t wait
 * for the pass that makes the sums of step t + 1 (fused.ts); `flush` does them alone.
 */
import * as plan from './plan';
import { activate, differentiate } from './dispatch';
import { rowErrorsOf } from './errors';
import { makeErrors, makeFeatures } from './features';
import { forward } from './forward';
import { fused } from './fused';
import { applyHead, applyHeadLate, clearHead, predict, traceHead } from './head';
import { hordeClear, hordeFlush, hordeLearn, hordePredict } from './horde';
import { IMMEDIATE, PANELS, STILL, TAPE, TRACES } from './method';
import { meet } from './meeting';
import { normalise } from './normaliser';
import { ownBlocks, spreadBlocks, spreadErrors } from './own';
import { advancePanels, beginPanels, dynamicsValues, pullPanels } from './panels';
import { setOwed } from './change';
import { applyLines, applyLinesLate, clearLines, traceLines } from './lines';
import { backward, beginTape, record, replay } from './tape';
import { copyFew, real, SIZE } from './vector';

/** Takes `count` steps of the chunk; returns how many ended with finite predictions, all of them or up to the first. */
export function run(count: i32): i32 {
  for (let i = 0; i < count; i++) {
    if (!step(i)) return i;
  }
  return count;
}

function step(i: i32): bool {
  const begins = load<u8>(plan.chunkStart + i) == 1;
  if (begins) begin();
  takeInput(i);
  advance(); // 1
  makeFeatures(); // 2
  const at = (<usize>(i * plan.questions)) << 3;
  if (plan.bundles > 0) hordePredict(plan.chunkPrediction + at);
  else predictAll(at);
  if (plan.bundles > 0) fromQuestions(i, at, begins);
  else if (plan.supervised == 1) fromTarget(at);
  else fromNext(i, at, begins);
  let sum: f64 = 0;
  for (let k: usize = 0; k < (<usize>plan.questions) << 3; k += 8) {
    const v = load<f64>(plan.chunkPrediction + at + k);
    store<f64>(plan.v_tm1 + k, v);
    sum += (v + load<f64>(plan.chunkDelta + at + k)) * 0;
  }
  plan.begun = 1;
  return sum == 0; // NaN where anything was not finite
}

function predictAll(at: usize): void {
  for (let k = 0; k < plan.questions; k++) store<f64>(plan.chunkPrediction + at + (<usize>k << 3), meet(predict(k)));
}

/** The start of an episode: what is owed is paid, then z and, unless they are kept, state and traces are cleared. */
export function begin(): void {
  flush();
  const forgets = plan.keepState == 0 || plan.begun == 0;
  clearLines(plan.method == TRACES && forgets ? 1 + plan.components : 1);
  if (plan.bundles > 0) hordeClear();
  else clearHead();
  if (!forgets) return;
  memory.fill(plan.next + plan.stateAt, 0, plan.stateBytes);
  if (plan.method == PANELS) beginPanels();
  if (plan.method == TAPE) beginTape();
}

function takeInput(i: i32): void {
  const from = plan.chunkX + ((<usize>(i * plan.inputs)) << 3);
  copyFew(plan.x, from, <usize>plan.inputs << 3);
  if (plan.inputMean != 0) {
    normalise(plan.x, plan.x, plan.inputs, plan.inputMean, plan.inputVariance, plan.inputRate, plan.inputFloors, 0);
  }
  enterInput();
}

/** x as the cell gets it, into the pre to come. */
export function enterInput(): void {
  const to = plan.next + plan.xAt;
  for (let j: usize = 0; j < <usize>plan.inputs; j++) store<real>(to + j * SIZE, <real>load<f64>(plan.x + (j << 3)));
  store<real>(to + <usize>plan.inputs * SIZE, 1); // a restored pre may lack it
}

/** s_t, and what the estimator needs of D_t; the new pre becomes `pre`, its successor's state is in place. */
export function advance(): void {
  for (let layer = 0; layer < plan.layers; layer++) {
    const first = <usize>load<u32>(plan.layerQuads + ((<usize>layer) << 2));
    const end = <usize>load<u32>(plan.layerQuads + ((<usize>layer) << 2), 4);
    if (plan.pending == 1) pass(first, end);
    else forward(first, end);
    activate(layer);
  }
  plan.pending = 0;
  if (plan.learning == 0) return;
  differentiate();
  if (plan.method == TRACES) {
    ownBlocks();
    spreadBlocks();
  }
  if (plan.method == PANELS) dynamicsValues();
}

export function swap(): void {
  const old = plan.pre;
  plan.pre = plan.next;
  plan.next = old;
}

function pass(first: usize, end: usize): void {
  setOwed();
  fused(plan.method == TRACES ? plan.components : 0, plan.rule != 0, first, end);
}

/** Pays what is owed to theta and its traces; the sums that come with it are not used. No bit depends on when. */
export function flush(): void {
  if (plan.bundles > 0) hordeFlush();
  if (plan.pending == 0) return;
  const first = <usize>load<u32>(plan.layerQuads);
  pass(first, <usize>load<u32>(plan.layerQuads + ((<usize>plan.layers) << 2)));
  plan.pending = 0;
}

function fromNext(i: i32, at: usize, begins: bool): void {
  const v = load<f64>(plan.chunkPrediction + at);
  const gamma = begins ? 0 : load<f64>(plan.chunkDiscount + at);
  const delta = begins ? 0 : load<f64>(plan.chunkCumulant + at) + gamma * v - load<f64>(plan.v_tm1); // 3
  store<f64>(plan.chunkDelta + at, delta);
  if (plan.learning == 0) return swap();
  const ratio = load<f64>(plan.chunkRatio + ((<usize>i) << 3));
  plan.owedApply = begins ? 0 : 1;
  plan.owedDelta = begins ? 0 : ratio * delta;
  plan.owedDecay = (begins ? 1 : ratio) * gamma * plan.lambda;
  // At a start there is no trace, so no error moves anything; swift-td still needs its sums.
  if (!begins) applyHead(delta, ratio, gamma * plan.headLambda); // 4
  else if (plan.headRule >= 2) applyHead(0, 1, 0);
  makeErrors(plan.weights, 1, false); // 5
  traceHead((begins ? 1 : ratio) * gamma * plan.headLambda);
  if (plan.method > STILL) applyLines();
  influence();
  if (plan.method > STILL) traceLines();
  else plan.pending = 1;
}

/** The cell stays as it is; what is owed goes to the questions' weights alone. */
function fromQuestions(i: i32, at: usize, begins: bool): void {
  hordeLearn(at, load<f64>(plan.chunkRatio + ((<usize>i) << 3)), begins);
  swap();
}

function fromTarget(at: usize): void {
  for (let k: usize = 0; k < (<usize>plan.questions) << 3; k += 8) {
    store<f64>(
      plan.chunkDelta + at + k,
      load<f64>(plan.chunkTarget + at + k) - load<f64>(plan.chunkPrediction + at + k),
    );
  }
  if (plan.learning == 0) return swap();
  for (let k = 0; k < plan.questions; k++) {
    const error = load<f64>(plan.chunkDelta + at + ((<usize>k) << 3));
    makeErrors(plan.weights + ((<usize>(k * plan.features)) << 3), error, k > 0);
  }
  for (let k = 0; k < plan.questions; k++) applyHeadLate(k, load<f64>(plan.chunkDelta + at + ((<usize>k) << 3)));
  clearHead();
  influence();
  if (plan.method > STILL) return applyLinesLate(32);
  // z becomes the gradient, and theta moves along it.
  plan.owedApply = 0;
  plan.owedDelta = 0;
  plan.owedDecay = 0;
  plan.pending = 1;
  flush();
  applyLinesLate(16);
}

/** J_t as far as it does not wait, and what the gradient needs of q_t. */
function influence(): void {
  if (plan.method == TRACES) spreadErrors();
  if (plan.method == IMMEDIATE) rowErrorsOf(plan.errors, plan.gain);
  swap();
  if (plan.method == PANELS) {
    advancePanels();
    pullPanels();
  }
  if (plan.method == TAPE) {
    record();
    replay();
    backward();
  }
}
