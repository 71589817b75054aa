/** A last line that a full disk or a power cut has torn. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cutTornTail } from '../../src/results/torn-tail.ts';
import { put, tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const long = 'x'.repeat(10_000); // longer than what is read at a time

it.each([
  ['a torn line goes', 'one\ntwo', 'one\n'],
  ['a long torn line goes', `one\n${long}`, 'one\n'],
  ['whole lines stay', `one\n${long}\n`, `one\n${long}\n`],
  ['of nothing but a torn line nothing stays', long, ''],
  ['an empty file stays', '', ''],
])('%s', (_, before, after) => {
  const path = put(folder, 'lines', before);
  cutTornTail(path);
  expect(readFileSync(path, 'utf8')).toBe(after);
});

it('a file that is not there is not made', () => {
  const path = join(folder, 'none');
  cutTornTail(path);
  expect(existsSync(path)).toBe(false);
});
