/** From a tree as people write it to the space that it describes. Every mistake is one line that names its place. */
import { suggest } from '@rl-tools/envs';
import { canonicalJson } from '../../results/canonical-json.ts';
import { FORMS, formSpace } from './forms.ts';
import { isTree, isWord, lay, type Tree } from './paired.ts';
import type { Space } from './space.ts';
import { sweepError } from './sweep-error.ts';

const WORDS = [...Object.keys(FORMS), '$value', '$paired'];

export function readSpace(spec: unknown, path = ''): Space {
  if (Array.isArray(spec)) return readList(spec, path);
  if (isTree(spec)) return readTree(spec, path);
  return literal(spec, path);
}

/** A list in a list is a value of its own. */
function readList(list: readonly unknown[], path: string): Space {
  if (list.length === 0) {
    throw sweepError(path, 'an empty list leaves nothing to run; write [[]] for a value that is an empty list');
  }
  const of = list.map((item, i) => (Array.isArray(item) ? literal(item, `${path}[${i}]`) : readSpace(item, path)));
  return of.length === 1 ? of[0]! : { kind: 'choice', of };
}

function readTree(tree: Tree, path: string): Space {
  const { $paired, ...siblings } = tree;
  if ($paired !== undefined) return readPaired($paired, siblings, path);
  const word = Object.keys(tree).find(isWord);
  if (word !== undefined) return readWord(word, tree, path);
  const entries = Object.entries(tree).filter(([, value]) => value !== undefined);
  return { kind: 'tree', entries: entries.map(([key, value]) => [key, readSpace(value, below(path, key))]) };
}

function readPaired(alternatives: unknown, siblings: Tree, path: string): Space {
  const isList = Array.isArray(alternatives) && alternatives.length > 0 && alternatives.every(isTree);
  if (!isList) {
    const got = canonicalJson(alternatives, below(path, '$paired'));
    throw sweepError(path, `$paired takes a list of objects, each laid over what stands beside it; got ${got}`);
  }
  return { kind: 'choice', of: alternatives.map((one: Tree) => readTree(lay(siblings, one), path)) };
}

function readWord(word: string, tree: Tree, path: string): Space {
  if (!WORDS.includes(word)) throw sweepError(path, `there is no ${word}; ${suggest(word, WORDS)}`);
  const others = Object.keys(tree).filter((key) => key !== word);
  if (others.length > 0)
    throw sweepError(path, `${word} stands alone in its object, beside it is ${others.join(', ')}`);
  return word === '$value' ? literal(tree[word], path) : formSpace(word, tree[word], path);
}

function literal(value: unknown, path: string): Space {
  canonicalJson(value, path === '' ? 'the settings' : path); // refuses what is no JSON
  return { kind: 'value', value };
}

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
