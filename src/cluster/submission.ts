/** results/<experiment>/slurm/<plan>-<n>/jobs.json: what was submitted for a sweep, and as which jobs. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { atomicWrite } from '../results/atomic-write.ts';
import { makeFolder } from '../results/make-folder.ts';
import { systemReason } from '../results/system-reason.ts';
import { UserError } from '../user-error.ts';

const index = z.number().int().nonnegative();

const submission = z.object({
  format: z.literal(1),
  plan: z.string(), // id of the sweep
  path: z.string(), // of its plan file
  settings: z.array(z.string()), // hashes, in the order of the plan
  seeds: z.array(index), // run i is setting i % S with seed floor(i / S) of these
  of: z.number().int().positive(), // parts that the plan is cut into
  tasks: z.array(z.object({ part: index, runs: z.array(index) })),
  arrays: z.array(
    z.object({
      job: z.string().nullable(), // null: not submitted
      offset: index, // array task t is task offset + t
      length: z.number().int().positive(),
    }),
  ),
  createdAt: z.iso.datetime(),
});
export type Submission = z.infer<typeof submission>;

const FILE = 'jobs.json';

/** A folder nobody has used: <root>/<plan>-1, -2, ... */
export function newSubmissionFolder(root: string, plan: string): string {
  try {
    makeFolder(root);
    for (let n = 1; ; n++) {
      const path = join(root, `${plan}-${n}`);
      if (existsSync(path)) continue;
      mkdirSync(path);
      return path;
    }
  } catch (error) {
    throw new UserError(`Cannot write to ${root}: ${systemReason(error)}`, { cause: error });
  }
}

export function writeSubmission(folder: string, jobs: Submission): void {
  atomicWrite(join(folder, FILE), `${JSON.stringify(jobs)}\n`);
}

export interface Submitted {
  readonly folder: string;
  readonly jobs: Submission;
}

/** All submissions below a folder, the oldest first; what cannot be read is left out. */
export function readSubmissions(root: string): Submitted[] {
  if (!existsSync(root)) return [];
  const found = readdirSync(root).flatMap((name) => {
    const folder = join(root, name);
    const jobs = read(join(folder, FILE));
    return jobs === null ? [] : [{ folder, jobs }];
  });
  return found.sort((a, b) => (a.jobs.createdAt < b.jobs.createdAt ? -1 : 1));
}

function read(path: string): Submission | null {
  try {
    return submission.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null; // no file, or no JSON: nothing that was submitted is told here
  }
}
