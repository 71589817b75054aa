/**
 * Several estimators for one cell, each for some of its parameters:
 *   q' J = sum over members of q' J[its parameters]
 * A member sees a view of the cell (row-selection.ts) in which the other parameters are missing. The first pattern that
 * an entry matches takes it, the last member takes the rest, so that every parameter is answered for once.
 */
import { dynamicsMacs } from './dynamics-structure.ts';
import { selectEntries, selectRows } from './row-selection.ts';
import { joined } from './stateful.ts';
import type { Cell, DynamicsNeed, Estimator, Rows } from './types.ts';
import { UserError } from './user-error.ts';

/** What a parameter is multiplied with; `intermediate`: a value of the same step and layer. */
export const SOURCE_KINDS = ['input', 'recurrent', 'bias', 'intermediate'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** The parameters of an estimator: groups by name, and of them all entries or those that read one kind of source. */
export interface GroupPattern {
  readonly match: string; // names of parameter groups; * stands for any text
  readonly reads: SourceKind | null; // null: whatever
}

interface Member {
  readonly name: string;
  readonly owner: number; // what assignEntries calls it
  readonly estimator: Estimator;
  readonly cell: Cell; // its view
}

/** `create(i, view)` makes the estimator of pattern i; i = patterns.length is the one that takes the rest. */
export function perGroup(
  cell: Cell,
  patterns: readonly GroupPattern[],
  create: (i: number, view: Cell) => Estimator,
): Estimator {
  const owners = assignEntries(cell.rows, patterns);
  patterns.forEach((pattern, i) => checkTaken(cell.rows, owners, patterns, pattern, i));
  const members: Member[] = [];
  for (let owner = 0; owner <= patterns.length; owner++) {
    const view = selectEntries(cell, (_, e) => owners[e] === owner);
    if (view.rows.source.length === 0 && cell.rows.source.length > 0) continue; // nothing is left for the rest
    const name = owner === patterns.length ? 'rest' : String(owner);
    members.push({ name, owner, cell: view, estimator: create(owner, view) });
  }
  const estimators = members.map(({ estimator }) => estimator);
  const reset = (): void => estimators.forEach((estimator) => estimator.reset());
  return {
    ...joined(Object.fromEntries(members.map(({ name, estimator }) => [name, estimator])), reset),
    needs: [...new Set(estimators.flatMap(({ needs }) => needs))],
    noKernel: 'estimators per group run on the reference path',
    exactOn: (rows) => exactOn(members, patterns, rows),
    cost: costOf(cell, estimators),
    learned: members.flatMap(({ name, estimator }) => (estimator.learned ?? []).map((array) => `${name}.${array}`)),
    unbiased: members.every(({ cell: { rows }, estimator }) => estimator.unbiased === true || estimator.exactOn(rows)),
    update(d) {
      for (let i = 0; i < estimators.length; i++) estimators[i]!.update(d);
    },
    pull(q, out) {
      for (let i = 0; i < estimators.length; i++) estimators[i]!.pull(q, out);
    },
    ...pushOf(cell, estimators),
    ...teachOf(estimators),
  };
}

/** For every entry of the rows the number of the first pattern that it matches, or how many patterns there are. */
export function assignEntries(rows: Rows, patterns: readonly GroupPattern[]): Int32Array {
  const owners = new Int32Array(rows.source.length);
  const kindOf = sourceKinds(rows);
  const names = patterns.map(({ match }) => glob(match));
  for (const { name, start, end } of rows.groups) {
    const fits = names.map((pattern) => pattern.test(name));
    for (let r = start; r < end; r++) {
      for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
        const kind = kindOf(r, rows.source[e]!);
        const found = patterns.findIndex(({ reads }, i) => fits[i]! && (reads === null || reads === kind));
        owners[e] = found < 0 ? patterns.length : found;
      }
    }
  }
  return owners;
}

/** What a layer below hands up is input, whether it is of this step or of the one before. */
function sourceKinds(rows: Rows): (r: number, source: number) => SourceKind {
  const { inputSize: m, units, components: b, stack, dest, destStart } = rows;
  const copies = new Set(stack?.copies);
  const layer = (unit: number): number => stack?.layerOfUnit[unit] ?? 0;
  return (r, source) => {
    if (source < m || copies.has(source)) return 'input';
    if (source === m) return 'bias';
    const entry = source - m - 1;
    if (entry >= units * b) return 'intermediate';
    return layer(Math.floor(entry / b)) === layer(dest[destStart[r]!]!) ? 'recurrent' : 'input';
  };
}

const glob = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`);

/** A pattern without parameters is a mistake. */
function checkTaken(
  rows: Rows,
  owners: Int32Array,
  patterns: readonly GroupPattern[],
  { match, reads }: GroupPattern,
  i: number,
): void {
  if (owners.includes(i) || rows.source.length === 0) return;
  const alone = assignEntries(rows, patterns.slice(i, i + 1)).includes(0);
  const what = `"${match}"${reads === null ? '' : ` that read ${reads}`}`;
  const names = rows.groups.map(({ name }) => name).join(', ');
  const why = alone
    ? 'groups before it take them all'
    : `the groups are ${names}, and they read ${kinds(rows).join(', ')}`;
  throw new UserError(`Cannot find parameters ${what} for an estimator of their own: ${why}`);
}

function kinds(rows: Rows): SourceKind[] {
  return SOURCE_KINDS.filter((reads) => assignEntries(rows, [{ match: '*', reads }]).includes(0));
}

function exactOn(members: readonly Member[], patterns: readonly GroupPattern[], rows: Rows): boolean {
  const owners = assignEntries(rows, patterns);
  return members.every(({ owner, estimator }) => estimator.exactOn(selectRows(rows, (_, e) => owners[e] === owner)));
}

/** The learner materialises D once for all. */
function costOf({ rows }: Cell, estimators: readonly Estimator[]): Estimator['cost'] {
  const needs = estimators.flatMap((estimator) => [...new Set<DynamicsNeed>(estimator.needs)]);
  const shared = needs.filter((need, i) => needs.indexOf(need) < i);
  const twice = shared.reduce((sum, need) => sum + dynamicsMacs(rows, need), 0);
  const total = (of: 'entries' | 'macsPerStep'): number => estimators.reduce((sum, { cost }) => sum + cost[of], 0);
  return { entries: total('entries'), macsPerStep: total('macsPerStep') - twice };
}

/** J v, where all of them can. */
function pushOf(cell: Cell, estimators: readonly Estimator[]): Pick<Estimator, 'push'> {
  if (!estimators.every(({ push }) => push)) return {};
  const one = new Float64Array(cell.units * cell.components);
  return {
    push(v, out) {
      out.fill(0);
      for (const estimator of estimators) {
        estimator.push!(v, one);
        for (let i = 0; i < one.length; i++) out[i]! += one[i]!;
      }
    },
  };
}

function teachOf(estimators: readonly Estimator[]): Pick<Estimator, 'teach'> {
  const taught = estimators.filter(({ teach }) => teach);
  if (taught.length === 0) return {};
  return { teach: (q) => taught.forEach((estimator) => estimator.teach!(q)) };
}
