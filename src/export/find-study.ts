/** Which file of measurements of a study is to be read: that of the code as it is now, else the newest. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeHash } from '../results/code-hash.ts';

export interface MeasuredFile {
  readonly path: string;
  readonly code: string; // hash of the code that measured
  readonly isPresent: boolean; // it is the code of now
}

/** `folder` is results/<study>; null: nothing was measured there. */
export function findStudy(folder: string, name: string): MeasuredFile | null {
  const inside = join(folder, 'measured');
  if (!existsSync(inside)) return null;
  const codes = readdirSync(inside).flatMap((file) => /^(.+)\.jsonl$/.exec(file)?.[1] ?? []);
  const at = (code: string): string => join(inside, `${code}.jsonl`);
  const present = codeOfNow(name);
  const age = (code: string): number => statSync(at(code)).mtimeMs;
  const code = codes.find((one) => one === present) ?? codes.sort((a, b) => age(b) - age(a))[0];
  return code === undefined ? null : { path: at(code), code, isPresent: code === present };
}

/** null: the study is no file of this package. */
export function codeOfNow(name: string): string | null {
  try {
    return codeHash(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
