/** What `agent-state audit` left: audit/<agent>.<environment>/<setting hash>/<seed>/audit.json. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { runStatus } from '../results/run-record.ts';
import type { FoundFile, Inside } from './inside.ts';
import type { Audit } from './protocol.ts';
import { foldersIn } from './records.ts';

const FOLDER = 'audit';
const MOST = 200; // audits that are told, the newest
const LARGEST = 8 << 20; // bytes of one

const measured = z.number().nullable();
const auditJson = z.object({
  agent: z.string(),
  env: z.string(),
  seed: z.union([z.string(), z.number()]),
  status: runStatus,
  steps: z.number(),
  reference: z.object({ kind: z.enum(['shadow', 'probe']) }),
  estimators: z.array(
    z.object({
      estimator: z.string(),
      isActive: z.boolean(),
      cosine: measured,
      relativeError: measured,
      normRatio: measured,
      macsPerStep: z.number(),
      bytes: z.number(),
      microseconds: measured,
    }),
  ),
  leftOut: z.array(z.object({ label: z.string(), reason: z.string() })),
});

/** None of another experiment. */
export async function auditFiles(inside: Inside, experiment = FOLDER): Promise<(FoundFile & { folder: string })[]> {
  const found: (FoundFile & { folder: string })[] = [];
  if (experiment !== FOLDER) return found;
  for (const name of await foldersIn(inside, FOLDER)) {
    for (const hash of await foldersIn(inside, FOLDER, name)) {
      for (const seed of await foldersIn(inside, FOLDER, name, hash)) {
        const names = [FOLDER, name, hash, seed];
        const file = await inside.file(...names, 'audit.json');
        if (file !== null) found.push({ ...file, folder: names.join('/') });
      }
    }
  }
  return found.sort((a, b) => b.changed - a.changed || (a.folder < b.folder ? -1 : 1));
}

/** What is no audit (any more) is left out. */
export async function listAudits(inside: Inside): Promise<Audit[]> {
  const audits: Audit[] = [];
  for (const { path, bytes, changed, folder } of await auditFiles(inside)) {
    if (audits.length === MOST) break;
    const { success, data } = auditJson.safeParse(bytes <= LARGEST ? parsed(await readFile(path, 'utf8')) : null);
    if (success) audits.push({ ...data, path: folder, reference: data.reference.kind, changed });
  }
  return audits;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
