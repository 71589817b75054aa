import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { atomicWrite } from '../../src/results/atomic-write.ts';
import { systemReason } from '../../src/results/system-reason.ts';
import { UserError } from '../../src/user-error.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("another process of the same id, in another container, is in nobody's way", () => {
  mkdirSync(join(folder, `.file.${process.pid}.tmp`)); // its temporary file, were it named after that
  atomicWrite(join(folder, 'file'), 'whole');
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('whole');
});

test('a file appears whole, is replaced whole, and no temporary file stays', () => {
  const path = join(folder, 'file');
  atomicWrite(path, 'first, and longer');
  atomicWrite(path, 'second');
  expect(readFileSync(path, 'utf8')).toBe('second');
  atomicWrite(path, new Uint8Array([0, 255]));
  expect([...readFileSync(path)]).toEqual([0, 255]);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a reader that holds the old file open keeps the old bytes: the new ones are another file', () => {
  const path = join(folder, 'file');
  atomicWrite(path, 'old');
  const link = join(folder, 'same-file');
  linkSync(path, link);
  atomicWrite(path, 'new');
  expect(readFileSync(link, 'utf8')).toBe('old');
  // The control: a plain write goes through to whoever reads.
  rmSync(link);
  linkSync(path, link);
  writeFileSync(path, 'plain');
  expect(readFileSync(link, 'utf8')).toBe('plain');
});

test('a failure leaves the old file, no temporary one, and one line that names the path and the reason', () => {
  const taken = join(folder, 'taken');
  mkdirSync(join(taken, 'inside'), { recursive: true });
  expect(() => {
    atomicWrite(taken, 'x');
  }).toThrow(new UserError(`Cannot write ${taken}: a folder stands where a file is needed`));
  expect(readdirSync(folder)).toEqual(['taken']);
  expect(() => {
    atomicWrite(join(folder, 'no', 'file'), 'x');
  }).toThrow(UserError);
});

test('reasons are words for the codes people meet, and the code itself for the others', () => {
  const coded = (code: string): Error => Object.assign(new Error(`${code}: x, open '/y'`), { code });
  expect(systemReason(coded('EACCES'))).toBe('permission denied');
  expect(systemReason(coded('ENOSPC'))).toBe('no space left on the device');
  expect(systemReason(coded('EMFILE'))).toBe('EMFILE');
  expect(systemReason('odd')).toBe('odd');
});
