/** What the host sees: the plan's globals by name, and the calls. */
export * from './plan';
export { apply } from './apply';
export { begin, flush, run } from './step';
export { laneBegin, laneForget, laneForward, laneLearn } from './lane';
