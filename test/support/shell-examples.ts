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

export function examplesIn(file: string, text: string): Example[] {
  return [...text.matchAll(/^```(?:sh|bash|shell)\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
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
