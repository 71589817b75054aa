/** The fenced blocks of the documents, and of the comments of what is published. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { documents } from '../../docs/site/sources.ts';

export interface Block {
  readonly file: string;
  readonly line: number; // where it begins, from 1
  readonly language: string; // '': none is named
  readonly text: string;
}

export const documentBlocks = (language?: string): Block[] =>
  [...documents(), 'docs/site/front-page.md']
    .flatMap((file) => blocksIn(file, readFileSync(file, 'utf8')))
    .filter((block) => language === undefined || block.language === language);

export function blocksIn(file: string, text: string): Block[] {
  return [...text.matchAll(/^ *(```+)([^\n`]*)\n([\s\S]*?)^ *\1 *$/gm)].map(({ 2: language, 3: block, index }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    language: language!.trim(),
    text: block!,
  }));
}

const SOURCES = ['src', 'envs', 'agents', 'experiments'];
const isPublished = (path: string): boolean =>
  path.endsWith('.ts') && !path.endsWith('.d.ts') && !/(^|\/)(test|dist|node_modules|assembly)\//.test(path);

/** Blocks and `@example`s in the comments of sources. */
export function docstringBlocks(): Block[] {
  return SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => posix.join(folder, path))
      .filter(isPublished)
      .flatMap((file) => commentBlocks(file, readFileSync(file, 'utf8'))),
  );
}

export function commentBlocks(file: string, text: string): Block[] {
  return [...text.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)].flatMap(({ 0: comment, index }) => {
    const line = text.slice(0, index).split('\n').length;
    const plain = comment.replaceAll(/^[ \t]*\*? ?/gm, '');
    const examples = /@example\b/.test(plain) ? [{ file, line, language: '@example', text: plain }] : [];
    return [...blocksIn(file, plain).map((block) => ({ ...block, line: line + block.line - 1 })), ...examples];
  });
}
