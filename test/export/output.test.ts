import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputFile, outputFolder } from '../../src/export/output.ts';
import { UserError } from '../../src/user-error.ts';
import { put, tempFolder } from '../support/temp.ts';

const says = (text: string) => (path: string) => writeFileSync(path, text);
const broken = (path: string): never => {
  writeFileSync(path, 'half');
  throw new UserError('broken');
};

describe('a file', () => {
  test('is made with its folder, and replaced only by force', () => {
    const path = join(tempFolder(), 'deep', 'x.csv');
    outputFile(path, false, says('one'));
    expect(() => outputFile(path, false, says('two'))).toThrow(/x\.csv: it is there already; --force replaces it$/);
    expect(readFileSync(path, 'utf8')).toBe('one');
    outputFile(path, true, says('two'));
    expect(readFileSync(path, 'utf8')).toBe('two');
  });

  test('that breaks half way leaves the old one as it was, and nothing beside it', () => {
    const folder = tempFolder();
    const path = put(folder, 'x.csv', 'old');
    expect(() => outputFile(path, true, broken)).toThrow('broken');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['x.csv']);
  });

  test('that cannot be made is one line', () => {
    const file = put(tempFolder(), 'file', '');
    expect(() => outputFile(join(file, 'x.csv'), false, says(''))).toThrow(UserError);
    expect(() => outputFile(tempFolder(), true, says(''))).toThrow(/it is a folder/);
  });
});

describe('a folder', () => {
  const isOurs = (name: string): boolean => name.endsWith('.ours');
  const fill = (path: string): string => put(path, 'a.ours', 'new');

  test('may be there where it is empty; by force one of ours is replaced', () => {
    const folder = tempFolder();
    outputFolder(folder, false, isOurs, fill);
    expect(() => outputFolder(folder, false, isOurs, fill)).toThrow(/--force replaces it/);
    put(folder, 'deep/old.ours', '');
    outputFolder(folder, true, isOurs, fill);
    expect(readdirSync(folder)).toEqual(['a.ours']);
  });

  test('with a file of somebody else is never replaced', () => {
    const folder = tempFolder();
    put(folder, 'deep/thesis.tex', '');
    expect(() => outputFolder(folder, true, isOurs, fill)).toThrow(/it holds thesis\.tex, which no export wrote/);
    expect(existsSync(join(folder, 'deep/thesis.tex'))).toBe(true);
  });
});
