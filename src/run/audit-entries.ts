/** Which estimators an audit runs beside the agent, and why others are left out. */
import type { Rng } from '@rl-tools/envs';
import type { Choice } from '../agent.ts';
import { passive, type Passive } from '../audit/passive.ts';
import { estimatorLabel, estimatorVariants } from '../estimator-variants.ts';
import { resolvePart } from '../resolve-part.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import type { Cell } from '../types.ts';
import { isExpected, UserError } from '../user-error.ts';

/** One line of an audit, not yet made. */
export interface Entry {
  readonly label: string;
  readonly choice: Choice; // complete
  readonly isActive: boolean; // the agent's own
}

export interface Taken extends Entry {
  readonly estimator: Passive;
  readonly isExact: boolean; // by structure
}

export interface LeftOut {
  readonly label: string;
  readonly reason: string;
}

/** `snap,tbptt:window=5:mode=chunked`, or all; the agent's own comes with them. */
export async function auditEntries(list: string, active: Choice, flag = '--estimators'): Promise<Entry[]> {
  const named =
    list === 'all' ? estimatorVariants() : list.split(/,(?![^[{]*[\]}])/).map((text) => parseEntry(text, flag));
  const found = new Map<string, Entry>();
  const own = canonicalJson(active);
  for (const given of named) {
    const { choice } = await resolvePart('estimators', given);
    const key = canonicalJson(choice);
    if (!found.has(key)) found.set(key, { label: estimatorLabel(given), choice, isActive: key === own });
  }
  if (found.has(own)) return [...found.values()];
  return [{ label: await shortLabel(active), choice: active, isActive: true }, ...found.values()];
}

/** id:option=value:option=value */
function parseEntry(text: string, flag: string): Choice {
  const [id = '', ...assignments] = text.split(/:(?=[A-Za-z]\w*=)/);
  if (id.trim() === '') {
    throw new UserError(`Cannot use ${flag} ${text}: write all, or names such as snap,uoro,tbptt:window=5`);
  }
  const options = assignments.map((assignment) => {
    const at = assignment.indexOf('=');
    return [assignment.slice(0, at), parseValue(assignment.slice(at + 1))] as const;
  });
  return { ...Object.fromEntries(options), id: id.trim() };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Its id and those options that are not the defaults. */
async function shortLabel(choice: Choice): Promise<string> {
  const { groups, ...plain } = choice;
  const defaults = (await resolvePart('estimators', { id: choice.id })).choice;
  const other = Object.entries(plain).filter(([name, value]) => canonicalJson(value) !== canonicalJson(defaults[name]));
  const label = estimatorLabel({ ...Object.fromEntries(other), id: choice.id });
  return groups === undefined ? label : `${label} by groups`;
}

export interface MakeNeeds {
  readonly cell: Cell;
  readonly draw: (label: string) => Rng; // a stream for each: adding one never shifts another, least of all the agent
  readonly budget: number; // multiply-adds per step
  readonly shadow: Passive | null; // exact RTRL that runs anyway
}

export async function makeEntries(entries: readonly Entry[], needs: MakeNeeds) {
  const taken: Taken[] = [];
  const leftOut: LeftOut[] = [];
  for (const entry of entries) {
    const made = await make(entry, needs);
    if (typeof made === 'string') leftOut.push({ label: entry.label, reason: made });
    else taken.push({ ...entry, estimator: made, isExact: made.exactOn(needs.cell.rows) });
  }
  return { taken, leftOut };
}

/** The estimator, or why there is none. */
async function make({ label, choice }: Entry, { cell, draw, budget, shadow }: MakeNeeds): Promise<Passive | string> {
  if (shadow !== null && Object.keys(choice).length === 1 && choice.id === 'rtrl') return shadow;
  try {
    const { create } = await resolvePart('estimators', choice);
    const estimator = create(draw(label), { cell });
    if (estimator.teach) return 'it learns from targets, and this agent learns from TD errors';
    const { macsPerStep } = estimator.cost;
    if (macsPerStep <= budget) return passive(estimator, cell);
    return `it takes ${whole(macsPerStep)} multiply-adds per step, the budget is ${whole(budget)} (--budget)`;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return error.message;
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
