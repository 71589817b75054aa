import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { provenance } from '../../src/results/provenance.ts';
import { readRunRecord, type RunRecord, updateRunRecord, writeRunRecord } from '../../src/results/run-record.ts';
import { UserError } from '../../src/user-error.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
  path = join(folder, 'run.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const record: RunRecord = {
  format: 1,
  experiment: 'exp',
  setting: '0123456789',
  seed: 3,
  config: { agent: { alpha: 0.01 } },
  git: null,
  versions: { node: '20.19.0' },
  host: { name: 'here' },
  pid: 1,
  argv: ['node', 'agent-state'],
  path: null,
  beside: null,
  code: 'abcdef0123',
  status: 'running',
  reason: null,
  startedAt: '2026-01-02T03:04:05.678Z',
  endedAt: null,
  scores: null,
  end: null,
  files: null,
};

test('a record is read as it was written, with the provenance of this process in it', () => {
  writeRunRecord(path, { ...record, ...provenance() });
  expect(readRunRecord(path)).toEqual({ ...record, ...provenance() });
  expect(readRunRecord(path)).not.toEqual(record);
});

test('an update changes what it names and keeps the rest, fields of a newer version included', () => {
  writeFileSync(path, JSON.stringify({ ...record, later: 'kept' }));
  const ended = updateRunRecord(path, { status: 'done', endedAt: '2026-01-02T04:00:00.000Z', scores: { msre: 0.01 } });
  expect(ended).toMatchObject({ status: 'done', seed: 3, later: 'kept' });
  expect(readRunRecord(path)).toEqual(ended);
});

test('a score that is not finite comes back as null', () => {
  writeRunRecord(path, { ...record, status: 'diverged', scores: { msre: Infinity, other: 1 } });
  expect(readRunRecord(path).scores).toEqual({ msre: null, other: 1 });
});

test.each([
  ['nothing', '', 'it is not JSON'],
  ['a torn file', JSON.stringify(record).slice(0, 40), 'it is not JSON'],
  ['another JSON value', '[]', 'the file: '],
  ['a status nobody knows', JSON.stringify({ ...record, status: 'fine' }), 'status: '],
  ['no seed', JSON.stringify({ ...record, seed: undefined }), 'seed: '],
  ['another format', JSON.stringify({ ...record, format: 2 }), 'format: '],
])('%s gives one line with the path, the trouble and the remedy', (_, text, trouble) => {
  writeFileSync(path, text);
  const read = (): unknown => readRunRecord(path);
  expect(read).toThrow(UserError);
  expect(read).toThrow(`Cannot read ${path}: ${trouble}`);
  expect(read).toThrow(/^[^\n]*; remove the folder [^\n]* to run this seed again$/);
  expect(() => updateRunRecord(path, { status: 'done' })).toThrow(UserError);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a record that is not there is said to be missing', () => {
  expect(() => readRunRecord(path)).toThrow(`Cannot read ${path}: no such file`);
});
