/** Parts by name in a browser, after the build. */
import { describe, expect, it } from 'vitest';
import tanh from '../../src/cells/tanh.ts';
import { KINDS } from '../../src/kinds.ts';
import * as node from '../../src/registry.ts';
import { addPart, listFolder, listParts, loadFile, loadNamed, loadPart } from '../../dist/src/browser/registry.js';
import { kernelCells } from '../../dist/src/browser/part-index.js';
import { knownCells } from '../../src/kernels/module.ts';

describe('the index that the build has made', () => {
  it.each(KINDS)('is fresh: it lists %s as the folder does', async (kind) => {
    expect(listParts(kind)).toEqual(node.listParts(kind));
    const [first] = listParts(kind);
    expect((await loadPart(kind, first!)).summary).toBe((await node.loadPart(kind, first!)).summary);
  });

  it('has the agents and the cells with kernels, too', async () => {
    expect(listFolder('../agents')).toEqual(node.listFolder('../agents'));
    expect(await loadNamed('../agents', 'no-memory')).toHaveProperty('cell');
    expect(kernelCells).toEqual(knownCells());
  });
});

it('an unknown id is answered as in Node, and a file is none', async () => {
  const there = await loadPart('cells', 'lstm-colums').catch(String);
  expect(there).toBe(await node.loadPart('cells', 'lstm-colums').catch(String));
  expect(there).toContain('did you mean "lstm-columns"?');
  await expect(loadPart('cells', 'constructor')).rejects.toThrow('Cannot find "constructor" in cells');
  await expect(loadFile('./mine.ts')).rejects.toThrow('a browser has no files; add the part under an id with addPart');
});

it("a part of one's own is added under an id", async () => {
  expect(listParts('cells')).not.toContain('mine');
  addPart('cells', 'mine', tanh as never);
  expect(listParts('cells')).toContain('mine');
  expect(await loadPart('cells', 'mine')).toBe(tanh);
  expect(() => addPart('cells', 'wrong', {} as never)).toThrow('Cannot use wrong as one of cells');
});
