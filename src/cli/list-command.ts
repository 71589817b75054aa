/** agent-state list <kind>: what there is, from the folders. */
import { listEnvs, loadEnv, suggest } from '@rl-tools/envs';
import type { z } from 'zod';
import type { Experiment } from '../experiment/experiment.ts';
import { isStudy, type Study } from '../experiment/study.ts';
import type { Kind } from '../kinds.ts';
import { listFolder, loadNamed, loadPart } from '../registry.ts';
import { loadAgent } from '../agent-by-name.ts';
import { UserError } from '../user-error.ts';
import { textTable } from '../plots/table.ts';
import { printJson } from './print-json.ts';

interface Entry {
  readonly id: string;
  readonly cite: string | null;
  readonly summary: string;
  readonly defaults: unknown;
}

const FOLDERS: Readonly<Record<string, Kind>> = {
  cells: 'cells',
  estimators: 'estimators',
  rules: 'step-sizes',
  features: 'features',
  heads: 'heads',
  growth: 'growth',
};
const KNOWN = [...Object.keys(FOLDERS), 'envs', 'agents', 'experiments'];

export async function listCommand(kind: string, { json = false }: { json?: boolean }): Promise<void> {
  const entries = await entriesOf(kind);
  if (json) return printJson(entries.map(({ id, cite, defaults }) => ({ id, cite, defaults })));
  const rows = entries.map(({ id, cite, summary }) => [id, cite ?? '-', summary]);
  console.log(textTable([{ title: 'id' }, { title: 'source' }, { title: 'what it is' }], rows));
}

async function entriesOf(kind: string): Promise<Entry[]> {
  const folder = FOLDERS[kind];
  if (folder) return all(listFolder(folder), (id) => loadPart(folder, id).then((part) => entry(id, part)));
  if (kind === 'envs') return all(listEnvs(), (id) => loadEnv(id).then((part) => entry(id, part)));
  if (kind === 'agents') {
    return all(listFolder('../agents'), async (id) => {
      const { cite, summary, ...recipe } = await loadAgent(id);
      return { id, cite, summary, defaults: recipe };
    });
  }
  if (kind === 'experiments') {
    return all(listFolder('../experiments'), async (id) => {
      const experiment = (await loadNamed('../experiments', id)) as Experiment | Study;
      const { question, sweep, seeds } = experiment;
      return {
        id,
        cite: isStudy(experiment) ? experiment.cite : null,
        summary: question,
        defaults: { settings: sweep(false), seeds: seeds(false) },
      };
    });
  }
  throw new UserError(`Cannot list "${kind}": ${suggest(kind, KNOWN)}`);
}

const all = <T>(ids: readonly string[], load: (id: string) => Promise<T>): Promise<T[]> => Promise.all(ids.map(load));

function entry(id: string, part: { cite: string | null; summary: string; options: z.ZodType }): Entry {
  return { id, cite: part.cite, summary: part.summary, defaults: part.options.parse({}) };
}
