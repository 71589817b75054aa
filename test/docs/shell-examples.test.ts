/** Every command line of the documents is one that the program takes; test/slow/shell-examples.test.ts runs them. */
import { readFileSync } from 'node:fs';
import { loadEnv } from '@rl-tools/envs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listFolder } from '../../src/registry.ts';
import { argumentsOf, examplesIn, shellExamples } from '../support/shell-examples.ts';

type Taken = Readonly<Record<string, unknown>>;
const taken = vi.hoisted(() => ({ options: null as Taken | null, words: [] as unknown[] }));

// The program as it is, but for what its commands do.
vi.mock('commander', async (original) => {
  const real = await original<typeof import('commander')>();
  class Command extends real.Command {
    override createCommand(name?: string): Command {
      return new Command(name);
    }
    override action(): this {
      return super.action((...given: unknown[]) => {
        taken.words = given.slice(0, -2);
        taken.options = given.at(-2) as Taken;
      });
    }
  }
  return { ...real, Command };
});

afterEach(() => vi.restoreAllMocks());

/** What the program says to these arguments; '' where it takes them. */
async function refusal(args: readonly string[]): Promise<string> {
  let said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  vi.spyOn(process.stdout, 'on').mockReturnThis(); // for every time that the program begins
  const [argv, code] = [process.argv, process.exitCode];
  process.argv = ['node', 'agent-state', ...args];
  taken.options = null;
  vi.resetModules();
  await import('../../src/cli/main.ts');
  [process.argv, process.exitCode] = [argv, code];
  return taken.options === null && said === '' ? 'no command was begun' : said;
}

const FOLDERS: Readonly<Record<string, string>> = {
  agent: '../agents',
  cell: 'cells',
  estimator: 'estimators',
  features: 'features',
  head: 'heads',
  rule: 'step-sizes',
};
const isOwn = (id: string): boolean => /^\.\/|\.ts$|^</.test(id);

/** Names in a command that was taken, of things that are not there. */
async function unknown([command]: readonly string[]): Promise<string[]> {
  const asked = Object.entries(FOLDERS).flatMap(([option, folder]) => {
    const id = taken.options?.[option];
    return typeof id === 'string' ? [[id, folder] as const] : [];
  });
  const [first, second] = taken.words as string[];
  if (['run', 'sweep', 'status', 'report', 'export'].includes(command!) && first) asked.push([first, '../experiments']);
  if (command === 'gradcheck') asked.push([first!, 'cells'], [second!, 'estimators']);
  const lost = asked.filter(([id, folder]) => !isOwn(id) && id !== 'stack' && !listFolder(folder).includes(id));
  const env = taken.options?.['env'];
  if (typeof env === 'string' && !isOwn(env)) await loadEnv(env).catch(() => lost.push([env, 'envs']));
  return lost.map(([id]) => id);
}

const examples = shellExamples();

describe('command lines of the documents', () => {
  it('are taken by the program, and what they name is there', async () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const example of examples) {
      const args = argumentsOf(example);
      if (args === null) continue;
      const said = await refusal(args);
      const lost = said === '' ? await unknown(args) : [];
      if (said !== '' || lost.length > 0) wrong.push(`${example.file}: ${example.line}: ${said}${lost.join(', ')}`);
      checked++;
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(40);
  });

  it.each([
    ['run --agent columnar-td --env cycle-world --sed 3', "unknown option '--sed'"],
    ['runn trace-patterning', "unknown command 'runn'"],
    ['rerun', "missing required argument 'folder'"],
  ])('would be refused: agent-state %s', async (line, why) => {
    expect(await refusal(line.split(' '))).toContain(why);
  });

  it.each([
    ['run --agent columnar-dt --env cycle-world', ['columnar-dt']],
    ['run --agent columnar-td --env cycle-word', ['cycle-word']],
    ['sweep trace-paterning', ['trace-paterning']],
    ['gradcheck grru snap', ['grru']],
  ])('would be found to name nothing: agent-state %s', async (line, names) => {
    const args = line.split(' ');
    expect(await refusal(args)).toBe('');
    expect(await unknown(args)).toEqual(names);
  });

  it('of npm name scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = examples.filter(({ words: [program] }) => program === 'npm').map(({ words }) => words);
    expect(named.length).toBeGreaterThan(2);
    const script = ([, verb, name]: readonly string[]): string => (verb === 'run' ? name! : verb!);
    expect(named.map(script).filter((name) => name !== 'install' && !(name in scripts))).toEqual([]);
  });

  it('are taken apart as a shell does', () => {
    const text = '```sh\na \'b c\' --x=\'{"y":[1]}\'  # why\nd e && f \\\n  "g h" i#j\n```\n```text\nno command\n```\n';
    expect(examplesIn('x.md', text).map(({ words }) => words)).toEqual([
      ['a', 'b c', '--x={"y":[1]}'],
      ['d', 'e'],
      ['f', 'g h', 'i#j'],
    ]);
  });
});
