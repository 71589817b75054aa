/**
 * The public names in a browser: those of src/index.ts that need no machine underneath, and what only a browser needs.
 * Without Node's modules, eval or files; parts, agents, tasks and kernels are loaded when they are asked for.
 */
export { agentSchema, defineAgent, type AgentConfig, type AgentInput, type Choice } from '../agent.ts';
export { loadAgent } from '../agent-by-name.ts';
export { assemble, assembleLanes, assembleReference, type Assembled, type AssembleNeeds } from '../assemble.ts';
export { auditor, type Auditor, type GroupAlignment, type Reference } from '../audit/auditor.ts';
export { probe, type Probe } from '../audit/probe.ts';
export { copyChunk, createStepChunk, type ReportChunk, type StepChunk } from '../chunk.ts';
export { DivergenceError } from '../divergence-error.ts';
export { evaluator, type Evaluator } from '../evaluation/evaluator.ts';
export { createInteraction, type Interaction, type InteractOptions, type Policy } from '../interaction.ts';
export type { KernelSource } from './kernels.ts';
export { loadKernels, useKernels } from './kernels.ts';
export { KINDS, type Kind, type Kinds } from '../kinds.ts';
export {
  createLearner,
  type Learner,
  type LearnerParts,
  type LearnerSettings,
  type ReferenceLearner,
} from '../learner.ts';
export { createLanes, type LanesLearner, type LanesParts, type LanesSettings, type LaneStep } from '../lanes.ts';
export { normaliser, type Normaliser } from '../normaliser.ts';
export { definePart } from '../part.ts';
export { createLearnerOn, type PathChosen, type PathOptions } from '../paths.ts';
export { perGroup, type GroupPattern } from '../per-group.ts';
export { planCost } from '../planner.ts';
export { addPart, listFolder, listParts, loadPart } from './registry.ts';
export { resolvePart } from '../resolve-part.ts';
export { createReportChunk } from '../report-chunk.ts';
export { buildRows, createLane, places, step } from '../rows.ts';
export { rowPull } from '../row-pull.ts';
export { rowTraces, rowTracesMacs } from '../row-traces.ts';
export { ruleMemory, type PerWeight, type RuleMemory } from '../rule-memory.ts';
export { sequenceGradient } from '../sequence-gradient.ts';
export { columnSources, denseSources, range } from '../sources.ts';
export { stack, type StackOptions } from '../stack.ts';
export { named } from '../stateful.ts';
export { compare, type Alignment, type Comparison } from '../stream/compare.ts';
export { chunks, interact } from '../stream/interact.ts';
export { learn } from '../stream/learn.ts';
export { sample, steps, type Sample } from '../stream/sample.ts';
export type * from '../control.ts';
export type * from '../questions.ts';
export type * from '../types.ts';
export { UserError } from '../user-error.ts';
export { fanIn, setBias, uniformWeights } from '../weights.ts';
