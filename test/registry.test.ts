/** Parts by name: the folder is the list, and files of the user's own are as good. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../src/kinds.ts';
import { isPath, listFolder, listParts, loadFile, loadPart } from '../src/registry.ts';
import { UserError } from '../src/user-error.ts';
import { put, tempFolder } from './support/temp.ts';
import { LEAKY_CELL, MY_ESTIMATOR } from './support/user-files.ts';

const folder = tempFolder();

describe('the folders', () => {
  it.each(KINDS)('list %s, every one a part', async (kind) => {
    const ids = listParts(kind);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) {
      const part = await loadPart(kind, id);
      expect(part.summary).toMatch(/^[^\n]{5,120}$/);
      expect(() => part.options.parse({})).not.toThrow(); // defaults for everything
      expect(() => part.options.parse({ noSuchOption: 1 })).toThrow();
    }
  });

  it('hold agents and experiments too', () => {
    expect(listFolder('../agents')).toContain('columnar-td');
    expect(listFolder('../experiments')).toContain('trace-patterning');
  });
});

describe('an unknown id', () => {
  it('is answered with the nearest and with all known ones', async () => {
    await expect(loadPart('estimators', 'snap-1')).rejects.toThrow(
      /^Cannot find "snap-1" in estimators: (did you mean "snap"\? )?Known: bptt, columnar, /,
    );
    await expect(loadPart('cells', 'lstm-colums')).rejects.toThrow('did you mean "lstm-columns"?');
    await expect(loadPart('cells', 'xyzzy')).rejects.toThrow(/^Cannot find "xyzzy" in cells: Known: /);
    await expect(loadPart('cells', 'xyzzy')).rejects.toBeInstanceOf(UserError);
  });
});

describe("a user's own file", () => {
  it('is known by its path', () => {
    const paths = ['./a', '../a', '/a', 'a/b', 'a.ts', 'a.js', 'a.mts', '~/a'];
    expect(paths.filter((path) => !isPath(path))).toEqual([]);
    expect(['tanh', 'lstm-columns', 'my.cell'].filter(isPath)).toEqual([]);
  });

  it('is loaded as it is: TypeScript, with the packages found from here', async () => {
    const cell = await loadPart('cells', put(folder, 'leaky.ts', LEAKY_CELL));
    expect(cell.options.parse({})).toEqual({ columns: 3, leak: 0.9 });
    const estimator = await loadPart('estimators', put(folder, 'mine.ts', MY_ESTIMATOR));
    expect(estimator.summary).toBe('mine');
    expect(estimator.create).toBeTypeOf('function');
  });

  it('may import helpers of its own, and every sub-path of the packages', async () => {
    put(folder, 'helper.ts', 'export const summary: string = "by a helper";');
    const text = `
      import { summary } from './helper.ts';
      import cycle from '@rl-tools/envs/tasks/cycle-world';
      import raw from 'agent-state/features/raw';
      import rule from 'agent-state/step-sizes/td-lambda';
      import head from 'agent-state/heads/linear';
      import growth from 'agent-state/growth/none';
      import agent from 'agent-state/agents/columnar-td';
      import experiment from 'agent-state/experiments/trace-patterning';
      import { sample } from 'agent-state/stream/sample';
      const all = [cycle, raw, rule, head, growth, agent, experiment, sample];
      export default { ...raw, summary: summary + ' of ' + all.filter(Boolean).length };`;
    const part = await loadPart('features', put(folder, 'many.ts', text));
    expect(part.summary).toBe('by a helper of 8');
  });

  const wrong: [string, string | null, RegExp][] = [
    ['missing', null, /^Cannot load .*missing\.ts: there is no such file \(looked for .*\)$/],
    ['syntax', 'export default {', /^Cannot load .*syntax\.ts: .*Unexpected token.*$/],
    ['throws', "throw new Error('no\\nmore');", /^Cannot load .*throws\.ts: no$/],
    ['import', "import x from './nowhere.ts'; export default x;", /^Cannot load .*import\.ts: Cannot find module.*$/],
    ['nothing', 'export const x = 1;', /^Cannot use .*nothing\.ts as one of cells: its default export must be a part/],
    ['number', 'export default 5;', /^Cannot use .*number\.ts as one of cells: its default export must be a part/],
    ['half', 'export default { cite: "", summary: "" };', /its default export must be a part/],
  ];
  it.each(wrong)('that is wrong (%s) is told in one line', async (name, text, message) => {
    const path = join(folder, `${name}.ts`);
    if (text !== null) put(folder, `${name}.ts`, text);
    const error: unknown = await loadPart('cells', path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('is loaded for whatever it exports', async () => {
    expect(await loadFile(put(folder, 'any.ts', 'export default 5 as number;'))).toBe(5);
  });
});
