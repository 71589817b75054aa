/**
 * Every block of the documents is run by a test, or is nothing that could run: output, a formula, a picture of text. A new
 * block of a language that no test looks for fails here.
 */
import { describe, expect, it } from 'vitest';
import { type Block, blocksIn, commentBlocks, docstringBlocks, documentBlocks } from '../support/document-blocks.ts';
import { NOT_RUN, type Example, examplesIn, runnerOf, shellExamples } from '../support/shell-examples.ts';

/** Blocks that are taken from wherever they stand: ts by test/docs.test.ts, sh by test/slow/shell-examples.test.ts. */
const ANYWHERE = ['ts', 'sh'];
const NO_CODE = ['text'];
/** Blocks whose tests know their document, and what they are there. */
const THERE: Readonly<Record<string, readonly string[]>> = {
  js: ['docs/browser.md'], // test/browser/docs.test.ts
  json: ['docs/sweeps.md'], // test/docs-sweeps.test.ts
  dockerfile: ['docs/cluster.md'], // not run: it takes a Docker; test/package.test.ts installs the packages that it copies
};

const unknown = (blocks: readonly Block[]): string[] =>
  blocks
    .filter(({ language }) => !ANYWHERE.includes(language) && !NO_CODE.includes(language))
    .filter(({ language, file }) => !THERE[language]?.includes(file))
    .map(({ file, line, language }) => `${file}:${line}: ${language || 'no language is named'}`);

describe('a block of the documents', () => {
  const blocks = documentBlocks();

  it('is in a language that a test runs there, or is no code', () => {
    expect(blocks.length).toBeGreaterThan(100);
    expect(unknown(blocks)).toEqual([]);
  });

  it('that no test would run is found', () => {
    const text = '```py\nx\n```\n```\ny\n```\n```ts\nz\n```\n- item\n  ```js\n  w\n  ```\n';
    expect(unknown(blocks.concat(blocksIn('docs/new.md', text)))).toEqual([
      'docs/new.md:1: py',
      'docs/new.md:4: no language is named',
      'docs/new.md:11: js',
    ]);
  });

  it('of docs/sweeps.md is the one in JSON that its test plans', () => {
    expect(documentBlocks('json')).toHaveLength(1);
  });
});

describe('a comment of what is published', () => {
  it('has no example: none would be run', () => {
    expect(docstringBlocks()).toEqual([]);
  });

  it('with one is found', () => {
    const source = 'const a = 1;\n/**\n * Adds.\n * ```ts\n * add(1, 2);\n * ```\n */\nexport const add = 1;\n';
    expect(commentBlocks('a.ts', source)).toEqual([{ file: 'a.ts', line: 4, language: 'ts', text: 'add(1, 2);\n' }]);
    expect(commentBlocks('a.ts', '/** @example add(1, 2) */')).toHaveLength(1);
  });
});

describe('a command line of the documents', () => {
  const examples = shellExamples();
  const orphans = (all: readonly Example[]): string[] =>
    all.filter((one) => runnerOf(one) === null).map(({ file, line }) => `${file}: ${line}`);

  it('is run, or is one of the few that cannot be', () => {
    expect(examples.length).toBeGreaterThan(70);
    expect(orphans(examples)).toEqual([]);
    expect(examples.filter((one) => runnerOf(one) === 'nothing').length).toBeLessThan(20);
  });

  it('that nothing runs is found', () => {
    const text = '```sh\nnpx agent-state list cells && make me\nnpm run nothing\n```\n';
    expect(orphans(examplesIn('docs/new.md', text))).toHaveLength(2);
  });

  it('that is named as one that cannot be run is still there', () => {
    const words = examples.map((one) => one.words.join(' '));
    const gone = NOT_RUN.filter(([begins]) => !words.some((line) => line.startsWith(begins)));
    expect(gone).toEqual([]);
  });
});
