/** The public names. Parts come from their own paths: `import columns from 'agent-state/cells/lstm-columns'`. */
export { agentSchema, defineAgent, type AgentConfig, type AgentInput } from './agent.ts';
export { assemble, assembleLanes, assembleReference, type Assembled, type AssembleNeeds } from './assemble.ts';
export { auditor, type Auditor, type GroupAlignment, type Reference } from './audit/auditor.ts';
export { probe, type Probe } from './audit/probe.ts';
export { readCheckpoint, restoreArrays, takeCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
export { copyChunk, createStepChunk, type ReportChunk, type StepChunk } from './chunk.ts';
export { DivergenceError } from './divergence-error.ts';
export { dynamicsMacs, dynamicsPattern, productMacs } from './dynamics-structure.ts';
export { RowDynamics } from './dynamics.ts';
export { evaluator, type Evaluator } from './evaluation/evaluator.ts';
export { defineExperiment, type Experiment, type ExperimentSetting } from './experiment/experiment.ts';
export { explainedByAgent } from './experiment/explained-by-agent.ts';
export { predictionRun } from './experiment/prediction-run.ts';
export { defineStudy, type Study, type StudySetting } from './experiment/study.ts';
export { sweepOver, type SweepOptions, type SweepSpec } from './experiment/sweep/sweep-over.ts';
export { createInteraction, type Interaction, type InteractOptions, type Policy } from './interaction.ts';
export {
  createLearner,
  type Learner,
  type LearnerParts,
  type LearnerSettings,
  type ReferenceLearner,
} from './learner.ts';
export { createLanes, type LanesLearner, type LanesParts, type LanesSettings, type LaneStep } from './lanes.ts';
export { normaliser, type Normaliser } from './normaliser.ts';
export { definePart } from './part.ts';
export { panels } from './panels.ts';
export { createLearnerOn, type PathChosen, type PathOptions } from './paths.ts';
export { perGroup, type GroupPattern } from './per-group.ts';
export { planCost } from './planner.ts';
export { isClosed, reached } from './reach.ts';
export { listParts, loadPart } from './registry.ts';
export { resolvePart } from './resolve-part.ts';
export { buildRows, createLane, places, step } from './rows.ts';
export { rowPull } from './row-pull.ts';
export { needsWholeCell, selectEntries } from './row-selection.ts';
export { ruleMemory, type PerWeight, type RuleMemory } from './rule-memory.ts';
export { rowTraces, rowTracesMacs } from './row-traces.ts';
export { stack, type StackOptions } from './stack.ts';
export { named } from './stateful.ts';
export { sequenceGradient } from './sequence-gradient.ts';
export { columnSources, denseSources, range } from './sources.ts';
export { compare, type Alignment, type Comparison } from './stream/compare.ts';
export { chunks, interact } from './stream/interact.ts';
export { learn } from './stream/learn.ts';
export { createReportChunk } from './report-chunk.ts';
export { sample, steps, type Sample } from './stream/sample.ts';
export type * from './control.ts';
export type * from './questions.ts';
export type * from './types.ts';
export { UserError } from './user-error.ts';
export { fanIn, setBias, uniformWeights } from './weights.ts';
