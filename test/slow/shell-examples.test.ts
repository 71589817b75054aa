/**
 * The command lines of the documents, run one after the other as they stand, but short: few steps, one seed, and for a
 * cluster the script alone; servers until they have said where they are. What is not run, and why, is a table of its own
 * (test/support/shell-examples.ts); requests to a dashboard are those of test/slow/request-examples.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, start } from '../support/cli.ts';
import { documentBlocks } from '../support/document-blocks.ts';
import { argumentsOf, type Example, runnerOf, scriptArguments, shellExamples } from '../support/shell-examples.ts';
import { put, tempFolder } from '../support/temp.ts';

const isStudy = (name = ''): boolean => name === 'idbd-tracking'; // its steps are its question's
const argsOf = (example: Example): string[] => argumentsOf(example) ?? scriptArguments(example)!;

/** Fewer steps and seeds than it says; a sweep for a cluster is planned only. */
function short(args: readonly string[]): string[] {
  const [command] = args;
  const without = (flags: readonly string[]): string[] =>
    args.filter((word, i) => !flags.includes(word) && !flags.includes(args[i - 1] ?? ''));
  if (isStudy(args[1])) return [...without(['--seeds']), '--seeds', '1'];
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

const block = (file: string, n: number): string => documentBlocks('ts').filter((one) => one.file === file)[n]!.text;

/** A folder with the files of a user's own that the documents speak of, and the packages as if they were installed. */
function userFolder(): string {
  const cwd = tempFolder();
  put(cwd, 'my-env.ts', block('docs/adding-a-part.md', 3));
  put(cwd, 'stacked.ts', block('docs/stacks.md', 0));
  put(cwd, 'your-loop.js', block('docs/browser.md', 0));
  put(cwd, 'my.txt', 'The cat sat on the mat and the rat ran at the hat. '.repeat(60));
  for (const folder of ['results', 'node_modules/@rl-tools', 'dist/src/kernels'])
    mkdirSync(join(cwd, folder), { recursive: true });
  for (const name of ['@rl-tools/envs', 'assemblyscript'])
    symlinkSync(resolve('node_modules', name), join(cwd, 'node_modules', name));
  symlinkSync(resolve('.'), join(cwd, 'node_modules/agent-state'));
  cpSync('src/kernels', join(cwd, 'src/kernels'), { recursive: true });
  put(cwd, 'package.json', '{ "type": "module" }');
  return cwd;
}

/** What went wrong; '': nothing. */
async function runExample(cwd: string, example: Example): Promise<string> {
  const runner = runnerOf(example);
  if (runner === 'server') return serve(cwd, argsOf(example));
  if (runner === 'command') {
    const { code, stderr } = await cli(cwd, ...filled(cwd, short(argsOf(example))));
    return code === 0 ? '' : `exit code ${code}: ${stderr.slice(-300)}`;
  }
  const { status, stderr } = spawnSync(process.execPath, example.words.slice(1), { cwd, encoding: 'utf8' });
  return status === 0 ? '' : `exit code ${status}: ${stderr.slice(-300)}`;
}

/** A server is there when it says its address, and goes when it is interrupted. */
async function serve(cwd: string, args: readonly string[]): Promise<string> {
  const { child, ended } = start(cwd, ...args, '--port', '0');
  const [, url] = await new Promise<RegExpExecArray | string[]>((done) => {
    let said = '';
    child.stdout!.on('data', (data: Buffer) => {
      const found = /(http:\S+)/.exec((said += String(data)));
      if (found) done(found);
    });
    void ended.then(({ stderr }) => done(['', `no address: ${stderr}`]));
  });
  const status = await fetch(url!).then(
    (answer) => answer.status,
    () => 0,
  );
  child.kill('SIGINT');
  await ended;
  return status === 200 ? '' : `${url}: status ${status}`;
}

const byFile = new Map<string, Example[]>();
for (const example of shellExamples()) {
  if (!['command', 'server', 'node'].includes(runnerOf(example) ?? '')) continue;
  byFile.set(example.file, [...(byFile.get(example.file) ?? []), example]);
}

describe('the command lines, in the order in which they stand, of', () => {
  it.each([...byFile.keys()])(
    '%s',
    async (file) => {
      const cwd = userFolder();
      const failed: string[] = [];
      for (const example of byFile.get(file)!) {
        const wrong = await runExample(cwd, example);
        if (wrong) failed.push(`${example.line}: ${wrong}`);
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
