/**
 * The command lines of the documents, run one after the other as they stand, but short: few steps, one seed, and for a
 * cluster the script alone. What needs a Python, another program or hours is left out, and is taken by the fast test.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { argumentsOf, type Example, shellExamples } from '../support/shell-examples.ts';
import { put, tempFolder } from '../support/temp.ts';

const STUDIES = ['idbd-tracking', 'snap-copy', 'sparsity-schedules'];
const isRunHere = (args: readonly string[]): boolean =>
  !args.some((word) => word.includes('python/')) &&
  !['dashboard', 'playground'].includes(args[0] ?? '') && // they go on until they are interrupted
  !STUDIES.includes(args[1] ?? '') &&
  !args.includes('--image'); // its volume is somewhere else

/** Fewer steps and seeds than it says; a sweep for a cluster is planned only. */
function short(args: readonly string[]): string[] {
  const [command] = args;
  const without = (flags: readonly string[]): string[] =>
    args.filter((word, i) => !flags.includes(word) && !flags.includes(args[i - 1] ?? ''));
  if (command === 'run' || command === 'sweep') {
    const brief = [...without(['--steps', '--seeds', '--jobs']), '--steps', '400', '--seeds', '1', '--jobs', '1'];
    return args.includes('--on') ? [...brief, '--dry-run'] : brief;
  }
  if (command === 'audit') return [...without(['--steps']), '--steps', '400'];
  return [...args];
}

/** `results/x/<setting>/0` -> what lies there. */
function filled(cwd: string, args: readonly string[]): string[] {
  return args.map((word) => {
    const [, before, after] = /^(.*\/)<(?:setting|sweep)>(\.json)?/.exec(word) ?? [];
    if (before === undefined) return word;
    const names = readdirSync(join(cwd, before)).filter((name) =>
      after ? name.endsWith(after) : readdirSync(join(cwd, before)).length > 0 && /^[0-9a-f]{8,}$/.test(name),
    );
    return word.replace(/<(?:setting|sweep)>(?:\.json)?/, names[0]!);
  });
}

const blocks = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, text]) => text!);

/** A folder with the files of a user's own that the documents speak of. */
function userFolder(): string {
  const cwd = tempFolder();
  put(cwd, 'my-env.ts', blocks('docs/adding-a-part.md')[3]!);
  put(cwd, 'stacked.ts', blocks('docs/stacks.md')[0]!);
  put(cwd, 'my.txt', 'The cat sat on the mat and the rat ran at the hat. '.repeat(60));
  mkdirSync(join(cwd, 'results'));
  return cwd;
}

const byFile = new Map<string, Example[]>();
for (const example of shellExamples()) {
  const args = argumentsOf(example);
  if (args === null || !isRunHere(args)) continue;
  byFile.set(example.file, [...(byFile.get(example.file) ?? []), example]);
}

describe('the command lines, in the order in which they stand, of', () => {
  it.each([...byFile.keys()])(
    '%s',
    async (file) => {
      const cwd = userFolder();
      const failed: string[] = [];
      for (const example of byFile.get(file)!) {
        const { code, stderr } = await cli(cwd, ...filled(cwd, short(argumentsOf(example)!)));
        if (code !== 0) failed.push(`${example.line}: exit code ${code}: ${stderr.slice(-300)}`);
      }
      expect(failed).toEqual([]);
    },
    600_000,
  );

  it('a document that names an option that is not there', async () => {
    const { code, stderr } = await cli(
      userFolder(),
      ...short(['run', '--agent', 'columnar-td', '--env', 'cycle-world', '--set', 'agent.cell.colums=3']),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('colums');
  });
});
