/** The columns that every table of runs begins with: which run, and what tells its setting from the others. */
import { packageVersion } from '../results/provenance.ts';
import type { IndexedRun } from '../results/run-index.ts';
import { foundColumns, unlessTaken } from './found-columns.ts';
import { cell, type Cell, type Column } from './table.ts';
import { type Varying, varying } from './varying.ts';

export interface RunColumns {
  readonly columns: readonly Column[];
  of(run: IndexedRun): Cell[];
}

const FIXED = ['experiment', 'setting', 'agent', 'env', 'seed', 'status'];

/** Names that a hyperparameter never takes: a column of the one or the other table has them. */
const TAKEN = new Set([
  ...FIXED,
  ...['step', 'steps', 'parameters', 'macsPerStep', 'nsPerStep', 'seconds', 'diverged', 'code', 'commit'],
]);

export function runColumns(runs: readonly IndexedRun[], known: Varying = varying(runs)): RunColumns {
  const wholeSeeds = runs.every(({ record }) => Number.isSafeInteger(record.seed));
  const found = foundColumns();
  for (const path of known.paths) {
    for (const hash of new Set(runs.map(({ record }) => record.setting))) found.see(path, known.of(hash).get(path));
  }
  const hyper = found.all();
  const fixed: Column[] = FIXED.map((name) => ({ name, type: name === 'seed' && wholeSeeds ? 'whole' : 'text' }));
  return {
    columns: [...fixed, ...hyper.map(({ name, type }) => ({ name: unlessTaken(name, TAKEN, 'config'), type }))],
    of({ record }) {
      const leaves = known.of(record.setting);
      const seed = cell(record.seed, wholeSeeds ? 'whole' : 'text');
      const who = [leaves.get('agent.id'), leaves.get('env.id')].map((id) => cell(id, 'text'));
      const values = hyper.map(({ name, type }) => cell(leaves.get(name), type));
      return [record.experiment, record.setting, ...who, seed, record.status, ...values];
    },
  };
}

/** What a file says about itself, where its format has a place for it. */
export const fileNotes = (experiment: string): Record<string, string> => ({
  experiment,
  command: ['agent-state', ...process.argv.slice(2)].join(' '),
  version: packageVersion(),
});
