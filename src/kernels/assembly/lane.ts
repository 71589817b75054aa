/**
 * A step of one lane of several that share theta (src/lanes.ts): cell and estimator alone; what heads make of the state,
 * and the change of theta, is the host's. Each lane has an instance of its own. Lines are those of all lanes,
 * [theta | G | this lane's part of G, with panels and tape], and a lane's traces lie apart, b vectors per line.
 *   forward   s_t from x, what the estimator needs of D_t, and s_t as heads read it
 *   learn     J_t;   G += q_t' J_t   where a target came, q_t in laneErrors
 */
import * as plan from './plan';
import { rowErrorsOf } from './errors';
import { LEAST } from './features';
import { clearLines } from './lines';
import { IMMEDIATE, PANELS, STILL, TAPE, TRACES } from './method';
import { spreadErrors } from './own';
import { advancePanels, beginPanels, pullPanels } from './panels';
import { advance, enterInput, swap } from './step';
import { backward, beginTape, record, replay } from './tape';
import { gatherTraces } from './lane-traces';
import { add, real, SIZE } from './vector';

/** s_0 and J_0. */
export function laneBegin(): void {
  memory.fill(plan.next + plan.stateAt, 0, plan.stateBytes);
  if (plan.method == TRACES) memory.fill(plan.traces, 0, plan.tracesBytes);
  if (plan.method == PANELS) beginPanels();
  if (plan.method == TAPE) beginTape();
  if (plan.method != IMMEDIATE) return;
  memory.fill(plan.pre, 0, plan.preBytes);
  memory.fill(plan.gain, 0, plan.laneGainBytes);
}

export function laneForward(): void {
  enterInput();
  advance();
  swap();
  const from = plan.next + plan.stateAt;
  let to = plan.laneOutputs;
  for (let c = 0; c < plan.readings; c++) {
    for (let i = 0; i < plan.outputs; i++, to += 8) {
      store<f64>(to, <f64>load<real>(from + <usize>(c * plan.kp + i) * SIZE));
    }
  }
}

export function laneLearn(teaches: bool): void {
  const method = plan.method;
  if (method == STILL) return;
  if (teaches) enterErrors();
  if (method == TRACES) {
    if (teaches) spreadErrors();
    return gatherTraces(plan.components, teaches);
  }
  if (method == PANELS) {
    advancePanels();
    if (teaches) pullPanels();
  } else if (method == TAPE) {
    record();
    if (!teaches) return;
    replay();
    backward();
  } else if (teaches) {
    rowErrorsOf(plan.errors, plan.gain);
    return gatherTraces(0, true);
  }
  if (teaches) addGradient();
}

/** G = 0 */
export function laneForget(): void {
  clearLines(1);
}

function enterErrors(): void {
  let from = plan.laneErrors;
  for (let c = 0; c < plan.readings; c++) {
    for (let i = 0; i < plan.outputs; i++, from += 8) {
      const error = <real>load<f64>(from);
      store<real>(plan.q + <usize>(c * plan.kp + i) * SIZE, abs(error) < LEAST ? 0 : error);
    }
  }
}

function addGradient(): void {
  for (let at = plan.lines; at < plan.linesEnd; at += plan.lineBytes) {
    v128.store(at, add(v128.load(at, 16), v128.load(at, 32)), 16);
  }
}
