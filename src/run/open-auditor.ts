/** Passive estimators and what they are held against, made beside a learner: of an audit, and of a run. */
import { createRng, type Rng } from '@rl-tools/envs';
import { hasLanes } from '../agent.ts';
import { auditor, type GroupAlignment } from '../audit/auditor.ts';
import { chooseReference, type ReferenceOptions } from '../audit/choose-reference.ts';
import { passive } from '../audit/passive.ts';
import type { Learner, ReferenceLearner } from '../learner.ts';
import { joined } from '../stateful.ts';
import type { Cell, Stateful } from '../types.ts';
import { UserError } from '../user-error.ts';
import { type Entry, type LeftOut, makeEntries, type Taken } from './audit-entries.ts';
import type { Setting } from './setting.ts';

export interface AuditorNeeds {
  readonly setting: Setting;
  readonly seed: string | number;
  readonly entries: readonly Entry[];
  readonly reference: Omit<ReferenceOptions, 'rng'>;
  readonly act: string; // what is to be done, as in `Cannot <act> an agent that ...`
}

export interface OpenAuditor {
  readonly cell: Cell;
  readonly reference: { readonly kind: 'shadow' | 'probe'; readonly exactMacs: number };
  readonly taken: readonly Taken[];
  readonly leftOut: readonly LeftOut[];
  /** After every step of the learner. */
  observe(): void;
  /** The alignments since the last time, of those that still take part. */
  take(): Record<string, GroupAlignment>;
  gaveUp(): LeftOut[];
  /** All that they know, for a checkpoint; `save` and `load` are of the rest, as JSON. */
  readonly state: Stateful;
  save(): SavedAuditor;
  load(saved: SavedAuditor): void;
}

export interface SavedAuditor {
  readonly rngs: Readonly<Record<string, unknown>>;
  readonly gaveUp: Readonly<Record<string, string>>; // why
}

const REFERENCE = 'reference';

/** Whatever is wrong is said here, before the first step. */
export async function openAuditor(
  learner: Learner,
  { setting, seed, entries, reference: asked, act }: AuditorNeeds,
): Promise<{ learner: ReferenceLearner; opened: OpenAuditor }> {
  if (!setting.learn) throw new UserError(`Cannot ${act} an agent that does not learn: leave learn at true`);
  if (!isWatchable(learner)) throw hasLanes(setting.agent) ? inLanes(act) : notOnReference(act);
  const { cell } = learner;
  if (cell.params.length === 0) throw nothingToLearn(act, setting);
  const rngs: Record<string, Rng> = {};
  const draw = (label: string): Rng => (rngs[label] ??= createRng(`${seed}/audit/${label}`));
  const { reference, exactMacs } = chooseReference(cell, { ...asked, rng: draw('probe') });
  const shadow = reference.kind === 'shadow' ? passive(reference.estimator, cell) : null;
  const { taken, leftOut } = await makeEntries(entries, { cell, draw, budget: asked.budget, shadow });
  const estimators = Object.fromEntries(taken.map(({ label, estimator }) => [label, estimator]));
  const watching = auditor(learner, estimators, shadow ? { kind: 'shadow', estimator: shadow } : reference);
  const isTaken = taken.some(({ estimator }) => estimator === shadow);
  const gaveUp = (): LeftOut[] => {
    if (shadow?.failure != null) return taken.map(({ label }) => ({ label, reason: lost(shadow.failure!) }));
    return taken.flatMap(({ label, estimator: { failure: reason } }) => (reason === null ? [] : [{ label, reason }]));
  };
  const opened: OpenAuditor = {
    cell,
    reference: { kind: reference.kind, exactMacs },
    taken,
    leftOut,
    observe: watching.observe,
    take() {
      const gone = new Set(gaveUp().map(({ label }) => label));
      return Object.fromEntries(Object.entries(watching.take()).filter(([label]) => !gone.has(label)));
    },
    gaveUp,
    state: joined(
      { ...estimators, ...(isTaken ? {} : { [REFERENCE]: shadow ?? reference.estimator }), auditor: watching.state },
      () => undefined,
    ),
    save: () => ({
      rngs: Object.fromEntries(Object.entries(rngs).map(([label, rng]) => [label, rng.save()])),
      gaveUp: Object.fromEntries(
        [...taken, ...(shadow ? [{ label: REFERENCE, estimator: shadow }] : [])].flatMap(({ label, estimator }) =>
          estimator.failure === null ? [] : [[label, estimator.failure]],
        ),
      ),
    }),
    load(saved) {
      for (const [label, rng] of Object.entries(rngs)) rng.restore(saved.rngs[label]);
      for (const { label, estimator } of taken) if (saved.gaveUp[label]) estimator.giveUp(saved.gaveUp[label]);
      if (saved.gaveUp[REFERENCE]) shadow?.giveUp(saved.gaveUp[REFERENCE]);
    },
  };
  return { learner, opened };
}

/** The learner of the reference path shows itself. */
const isWatchable = (learner: Learner): learner is ReferenceLearner => 'watch' in learner;

const lost = (reason: string): string => `what it was held against can no longer follow: ${reason}`;

function inLanes(act: string): UserError {
  return new UserError(
    `Cannot ${act} an agent of several lanes: others can watch one lane alone; leave lanes and updateEvery at 1`,
  );
}

export function notOnReference(act: string): UserError {
  return new UserError(
    `Cannot ${act} an agent on the compiled path: others can watch on the reference path alone; leave path out`,
  );
}

function nothingToLearn(act: string, { agent }: Setting): UserError {
  return new UserError(
    `Cannot ${act} ${agent.id}: its cell (${agent.cell.id}) has no parameters to learn; take an agent such as snap-td`,
  );
}
