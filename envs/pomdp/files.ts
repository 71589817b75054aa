import { readFileSync } from 'node:fs';
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import { suggest } from '../nearest.ts';
import { cheese, maze4x3 } from './files/grids.ts';
import { hallway } from './files/hallway.ts';
import { network, paint, shuttle } from './files/machines.ts';
import { heavenhell, tmaze } from './files/mazes.ts';
import { tiger, tigerAltStart } from './files/tiger.ts';
import type { Pomdp } from './model.ts';
import { parsePomdp } from './parse.ts';

/** The built-in problems as .POMDP texts, written from their definitions. */
const texts: Readonly<Record<string, () => string>> = {
  tiger: () => tiger,
  'tiger-alt-start': () => tigerAltStart,
  tmaze5: () => tmaze(5),
  'cheese.95': cheese,
  '4x3.95': maze4x3,
  'shuttle.95': () => shuttle,
  network,
  'paint.95': () => paint,
  hallway,
  heavenhell,
};

/** Names of the problems that come with the package. */
export const builtInPomdps: readonly string[] = Object.keys(texts);

/** The text of a built-in problem, to be looked at, or changed and saved. */
export function pomdpText(name: string): string {
  checkName(name);
  if (!isBuiltIn(name)) throw new EnvError(`Cannot find the problem "${name}": ${suggest(name, builtInPomdps)}`);
  return texts[name]!();
}

/** A built-in problem, or one in a file. */
export function loadPomdp(nameOrPath: string): Pomdp {
  checkName(nameOrPath);
  if (isBuiltIn(nameOrPath)) return parsePomdp(pomdpText(nameOrPath), nameOrPath);
  return parsePomdp(readOrSay(nameOrPath), nameOrPath);
}

/** `constructor` is a file. */
function isBuiltIn(name: string): boolean {
  return Object.hasOwn(texts, name);
}

function checkName(name: unknown): void {
  if (typeof name === 'string') return;
  throw new EnvError(`Cannot find a problem by ${describe(name)}: a name is needed, or the path of a file`);
}

function readOrSay(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'it cannot be read';
    throw new EnvError(`Cannot read ${path}: ${why}; as a built-in problem: ${suggest(path, builtInPomdps)}`);
  }
}
