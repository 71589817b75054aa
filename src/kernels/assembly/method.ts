/** Which family of estimators drives the learner. */
export const TRACES: i32 = 0; // one trace of b numbers per parameter, src/row-traces.ts
export const IMMEDIATE: i32 = 1; // no temporal credit
export const STILL: i32 = 2; // the state is not learned
export const PANELS: i32 = 3; // influence on kept entries, src/panels.ts
export const TAPE: i32 = 4; // truncated back-propagation through time
