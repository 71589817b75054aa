/** The file of measurements of a study that is shown: that of the code as it is now, else the newest. */
import { readdir } from 'node:fs/promises';
import { codeOfNow } from '../export/find-study.ts';
import { UserError } from '../user-error.ts';
import type { FoundFile, Inside } from './inside.ts';
import { LARGEST } from './sound.ts';

export interface MeasuredFile extends FoundFile {
  readonly code: string; // hash of the code that measured
}

/** null: nothing was measured there. */
export async function measuredFile(inside: Inside, experiment: string): Promise<MeasuredFile | null> {
  const folder = await inside.path(experiment, 'measured');
  const names = folder === null ? [] : await readdir(folder).catch(() => []);
  const present = codeOfNow(experiment);
  const all: MeasuredFile[] = [];
  for (const code of names.flatMap((name) => /^(.+)\.jsonl$/.exec(name)?.[1] ?? [])) {
    const file = await inside.file(experiment, 'measured', `${code}.jsonl`);
    if (file !== null) all.push({ ...file, code });
  }
  const best = all.find(({ code }) => code === present) ?? all.sort((a, b) => b.changed - a.changed)[0] ?? null;
  if (best !== null && best.bytes > LARGEST.study)
    throw new UserError(`Cannot show what ${experiment} measured: the file is longer than ${LARGEST.study} bytes`);
  return best;
}
