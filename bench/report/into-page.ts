/** Puts what a command found into a page of the docs, between the comment that names the command and `<!-- end -->`. */
import { readFileSync } from 'node:fs';
import { atomicWrite } from '../../src/results/atomic-write.ts';

/** `command`: as the comment begins, `node dist/bench/lanes.js`. */
export function intoPage(page: string, command: string, text: string): void {
  const before = readFileSync(page, 'utf8');
  const begin = before.indexOf(`<!-- ${command}`);
  const start = begin < 0 ? -1 : before.indexOf('-->\n', begin) + '-->\n'.length;
  const end = start < 0 ? -1 : before.indexOf('<!-- end -->', start);
  if (end < 0) throw new Error(`${page} has no marker for what ${command} finds`);
  atomicWrite(page, `${before.slice(0, start)}\n${text}\n${before.slice(end)}`);
}
