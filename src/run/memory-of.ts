import { readFileSync } from 'node:fs';

const PAGE = 4096; // bytes, on every machine that Node is built for but a few

/** Bytes that a process has in memory; null where the system does not say (other than Linux). */
export function memoryOf(pid: number | undefined): number | null {
  try {
    return PAGE * Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  } catch {
    return null;
  }
}
