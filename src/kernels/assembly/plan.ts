/**
 * Where everything of one learner lies, and its constants. The host sets these exported globals by name once, before
 * the first step; an instance of the module serves one learner. Pointers are byte addresses. `real` arrays hold f32 or
 * f64; what heads, features and TD errors use is always f64. [..] is the shape; K units are padded to kp lanes.
 */

// Shape
export let inputs: i32 = 0; // m
export let units: i32 = 0; // K
export let kp: i32 = 0; // K padded to whole vectors
export let components: i32 = 1; // b
export let slots: i32 = 0; // rows, every group padded to whole vectors
export let layers: i32 = 1;
export let cell: i32 = 0; // which kernel of cells/
export let options: usize = 0; // the cell's constants, f64
export let tables: usize = 0; // the cell's index tables, i32

// Values of a step
export let pre: usize = 0; // [pre] of the latest step: x; 1; state before it, intermediates
export let next: usize = 0; // [pre] of the step to come; its state is s_t
export let preBytes: usize = 0;
export let pairs: usize = 0; // [pre] pairs of both, see fused.ts; 0 = no row needs them
export let xAt: usize = 0; // byte offset of x in pre
export let stateAt: usize = 0; // byte offset of the state in pre: what heads read, then the rest, each padded
export let restAt: usize = 0; // byte offset of the rest
export let betweenAt: usize = 0; // byte offset of the intermediates
export let stateBytes: usize = 0;
export let sums: usize = 0; // [slots]
export let work: usize = 0; // the cell's own layout
export let gain: usize = 0; // [b x slots], then destinations beyond the own one
export let direct: usize = 0; // [b b x kp] ds_t/ds_{t-1} at fixed sums, own blocks, then others
export let own: usize = 0; // [b b x kp] own blocks of D
export let errors: usize = 0; // [b x kp] dv_t/ds_t
export let q: usize = 0; // [readings x kp] those of the components which heads read, within errors

// Rows: W of them side by side, a line of 16-byte vectors per entry: theta, z, then traces or gradient, then nu
export let quads: usize = 0; // records, see rows.ts
export let layerQuads: usize = 0; // [layers + 1] first record
export let lines: usize = 0;
export let linesEnd: usize = 0;
export let lineBytes: usize = 32;
export let ownTerms: usize = 0; // records, see own.ts
export let ownTermsEnd: usize = 0;
export let moreOwnTerms: usize = 0; // the same for destinations beyond the own one
export let moreOwnTermsEnd: usize = 0;
export let unitOfSlot: usize = 0; // [slots] i32 byte offset of the unit; 0 = rows and units go side by side
export let ownSpread: usize = 0; // [b b x slots] own blocks, slot by slot
export let qSpread: usize = 0; // [readings x slots]
export let rowErrors: usize = 0; // [slots], and W zeros
export let moreStart: usize = 0; // destinations beyond the own one, records, see errors.ts
export let moreEnd: usize = 0;

// Which part of it all this instance does: all of it, or the columns of one of two threads
export let threads: i32 = 1;
export let thread: i32 = 0;
export let meeting: usize = 0; // where threads meet, see meeting.ts
export let firstUnit: usize = 0; // byte offsets in arrays of units
export let endUnit: usize = 0;
export let firstOutput: i32 = 0; // of each component that heads read; what follows in phi is the first thread's
export let endOutput: i32 = 0;
export let lastFeatures: i32 = 0; // index of phi where the outputs and their padding end

// Method
export let method: i32 = 0; // METHOD
export let constants: usize = 0; // [9] vectors, see change.ts
export let rule: i32 = 0; // 0 td-lambda, 1 rmsprop
export let learning: i32 = 1;
export let keepState: i32 = 0;
export let alpha: f64 = 0;
export let headRule: i32 = 0; // 0 td-lambda, 1 rmsprop, 2 swift-td, 3 swift-td on the weights with a trace alone
export let headAlpha: f64 = 0;
export let headLambda: f64 = 0;
export let headDecay: f64 = 0;
export let headEpsilon: f64 = 0;
export let lambda: f64 = 0;
export let decay: f64 = 0;
export let epsilon: f64 = 0;

// Head and features, f64
export let questions: i32 = 1;
export let readings: i32 = 1; // components that heads read: one, or all, one behind the other, kp numbers apart
export let outputs: i32 = 0; // entries of the state that heads read, of each component
export let features: i32 = 0; // length of phi, padded to pairs
export let normalised: i32 = 0;
export let activation: i32 = 0; // of the outputs, see activations.ts
export let phiInputs: i32 = -1; // index of x in phi, -1 = not there
export let phi: usize = 0; // [features]
export let weights: usize = 0; // [questions x features]
export let headTrace: usize = 0; // [questions x features]
export let headMoment: usize = 0; // [questions x features] nu
export let swift: usize = 0; // [features / 2] records of two weights, see swift.ts
export let swiftVd: usize = 0; // [1]
export let swiftKnown: i32 = 0; // 0: alpha and the lists no longer follow from the arrays
export let swiftVisited: usize = 0; // [features] u32, the weights with a trace
export let swiftActive: usize = 0; // [features] u32, those that are not 0
export let swiftHas: usize = 0; // [features] bytes
export let theta: f64 = 0;
export let eta: f64 = 0;
export let least: f64 = 0; // of beta
export let most: f64 = 0;
export let shrink: f64 = 0; // ln decay
export let cut: f64 = 0;
export let bundles: i32 = 0; // of questions that share an eligibility, see horde.ts; 0: each has its own
export let bundleStart: usize = 0; // [bundles + 1] u32
export let bundleOrder: usize = 0; // [questions] u32, bundle by bundle
export let bundleLambda: usize = 0; // [bundles] f64
export let hordeStride: usize = 0; // bytes of a row, whole vectors
export let hordeWeights: usize = 0; // [questions x row] real
export let hordeZ: usize = 0; // [bundles x row]
export let hordeZOld: usize = 0; // [bundles x row] what the owed errors move weights along
export let hordePhi: usize = 0; // [row]
export let hordeOwed: usize = 0; // [questions] f64, alpha delta
export let hordePending: i32 = 0;
export let mean: usize = 0; // [readings x outputs padded]
export let variance: usize = 0;
export let rate: usize = 0; // beta per entry; 1 = frozen
export let scale: usize = 0; // [readings x outputs padded] dphi/ds
export let floors: usize = 0; // least variance per entry; 0 = frozen
export let inputMean: usize = 0; // [m padded]; 0 = x goes in as it comes
export let inputVariance: usize = 0;
export let inputRate: usize = 0;
export let inputFloors: usize = 0;
export let x: usize = 0; // [m padded] as the cell gets it
export let v_tm1: usize = 0; // [questions]

// The chunk
export let chunkX: usize = 0; // [capacity x m]
export let chunkCumulant: usize = 0; // [capacity x questions]
export let chunkDiscount: usize = 0;
export let chunkRatio: usize = 0; // [capacity]
export let chunkStart: usize = 0; // [capacity] bytes
export let chunkTarget: usize = 0; // [capacity x questions]
export let supervised: i32 = 0;
export let chunkPrediction: usize = 0;
export let chunkDelta: usize = 0;

// What the pass of the next step still owes theta and its traces
export let pending: i32 = 0; // 1 from TD errors, 2 from targets
export let owedDelta: f64 = 0; // rho delta_t, 0 at the start of an episode
export let owedDecay: f64 = 0; // rho gamma_t lambda
export let owedApply: i32 = 0; // 0 at the start of an episode: no change, moments stay
export let begun: i32 = 0; // a step was taken

// Panels, see panels.ts
export let panels: usize = 0;
export let panelsEnd: usize = 0;
export let values: usize = 0; // blocks of D
export let valuesBytes: usize = 0;
export let valueTerms: usize = 0;
export let valueTermsEnd: usize = 0;
export let directTerms: usize = 0;
export let directTermsEnd: usize = 0;

// Tape, see tape.ts
export let window: i32 = 0;
export let tapeNow: usize = 0; // [pre] of the step that is lived again
export let tapePre: usize = 0; // [window + 1 x pre]
export let tapePreBytes: usize = 0;
export let tapeGain: usize = 0;
export let tapeGainBytes: usize = 0;
export let tapeDirect: usize = 0;
export let tapeDirectBytes: usize = 0;
export let tapeInputs: usize = 0; // [window x m] ring, real
export let tapeStates: usize = 0; // [window x state] ring
export let lived: f64 = 0; // steps since the episode began
export let tapeErrors: usize = 0; // [b x kp]
export let directMore: usize = 0; // direct blocks beyond the own ones, see tape.ts
export let directMoreEnd: usize = 0;
export let tapeRowErrors: usize = 0; // [window x slots]
export let tapeRowErrorBytes: usize = 0;
export let errorSums: usize = 0; // [state]
export let againLayers: usize = 0; // [layers + 1] first record of the sums over tapeNow, see passes.ts
export let againLines: usize = 0;
export let againLinesEnd: usize = 0;
export let againThetas: usize = 0;
export let againSums: usize = 0;
export let againOrder: usize = 0;
export let backFirst: usize = 0; // records of the sums over rowErrors, one per number of the state
export let backEnd: usize = 0;
export let backLines: usize = 0;
export let backLinesEnd: usize = 0;
export let backThetas: usize = 0;
export let backSums: usize = 0;
export let backOrder: usize = 0;
export let turnedBytes: usize = 0; // of one row of what is turned round, see tape-gradient.ts; 0 = nothing is
export let turnedErrors: usize = 0; // [slots x window padded]
export let turnedPre: usize = 0; // [pre x window padded]
export let turnedReads: usize = 0; // W addresses in turnedPre per line of gathered values

// Lanes, see lane.ts
export let laneGainBytes: usize = 0;
export let traces: usize = 0; // b vectors per line
export let tracesBytes: usize = 0;
export let laneOutputs: usize = 0; // [readings x outputs] f64, s_t as heads read it
export let laneErrors: usize = 0; // [readings x outputs] f64, dL_t/ds_t

export function setHordePending(pending: i32): void {
  hordePending = pending;
}

export function setSwiftKnown(known: i32): void {
  swiftKnown = known;
}
