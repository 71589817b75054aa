/** The command lines in the shell blocks of the documents, word by word, as a shell would take them apart. */
import { readFileSync } from 'node:fs';
import { documents } from '../../docs/site/sources.ts';

export interface Example {
  readonly file: string;
  readonly line: string; // as it is written, continued lines in one
  readonly words: readonly string[];
}

export const shellExamples = (): Example[] =>
  [...documents(), 'docs/site/front-page.md'].flatMap((file) => examplesIn(file, readFileSync(file, 'utf8')));

/** Commands that no test runs, by how they begin, each with why. */
export const NOT_RUN: readonly (readonly [begins: string, why: string])[] = [
  ['npm install', 'CI begins with it, as npm ci'],
  ['npm test', 'CI runs it'],
  ['python3 -m venv', 'downloads; envs/test/python/prepare does the same in CI'],
  ['~/gym/bin/pip', 'downloads; envs/test/python/prepare does the same in CI'],
  ['export ENVS_PYTHON', 'CI sets it'],
  ['npx agent-state run --env python/', 'envs/test/python/command.test.ts runs it where there is such a Python'],
  ['npx agent-state check-env python/', 'envs/test/python/command.test.ts runs it where there is such a Python'],
  ['kubectl apply', 'needs a cluster; test/cluster holds the manifest against the types of Kubernetes'],
  ['tensorboard', 'a program of others; test/export reads the files back'],
  ['sh build.sh build', 'bench/peers: needs a C++ compiler'],
  ['build/', 'bench/peers: what that compiler has made'],
  ['python3 peers.py', 'bench/peers: needs torch and jax'],
];

/** A command, a server until it has said its address, what is asked of one, a program of Node, or nothing (NOT_RUN). */
export type Runner = 'command' | 'server' | 'request' | 'node' | 'nothing';

/** What runs an example in test/slow/shell-examples.test.ts; null: there is nothing that would. */
export function runnerOf(example: Example): Runner | null {
  const line = example.words.join(' ');
  if (NOT_RUN.some(([begins]) => line.startsWith(begins))) return 'nothing';
  const args = argumentsOf(example) ?? scriptArguments(example);
  if (args) return ['dashboard', 'playground'].includes(args[0]!) ? 'server' : 'command';
  if (example.file === 'docs/dashboard.md' && /^(curl|url=|csrf=)/.test(line)) return 'request';
  return example.file === 'docs/compiled-path.md' && example.words[0] === 'node' ? 'node' : null;
}

/** What the script behind `npm start` and the like gives the program, after the build; null: it is no such script. */
export function scriptArguments({ words: [program, verb, name] }: Example): string[] | null {
  if (program !== 'npm') return null;
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const [, args] =
    /&& node dist\/src\/cli\/main\.js (.+)$/.exec(` && ${scripts[(verb === 'run' ? name : verb) ?? '']}`) ?? [];
  return args?.split(' ') ?? null;
}

export function examplesIn(file: string, text: string): Example[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
    block!
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .flatMap((line) => commandsOf(line).map((words) => ({ file, line: line.trim(), words }))),
  );
}

/** What `npx agent-state` or `agent-state` is given; null: another program. */
export function argumentsOf({ words }: Example): string[] | null {
  const [first, ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  return first === 'agent-state' ? rest : null;
}

/** One list of words per command of a line; quotes are taken off, a comment is left out. */
function commandsOf(line: string): string[][] {
  const commands: string[][] = [[]];
  for (const [token] of line.matchAll(/#.*|&&|;|(?:'[^']*'|"[^"]*"|[^\s'"#;&]|(?<=\S)#)+/g)) {
    if (token.startsWith('#')) break;
    if (token === '&&' || token === ';') commands.push([]);
    else commands.at(-1)!.push(token.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  return commands.filter((words) => words.length > 0);
}
