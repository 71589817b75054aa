import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crc32c } from '../../src/export/crc32c.ts';
import { textEvent, versionEvent } from '../../src/export/events.ts';
import { writeTensorBoard } from '../../src/export/write-tensorboard.ts';
import { keepRun, keptConfig } from '../support/kept-runs.ts';
import { canImport, python } from '../support/python.ts';
import { put, tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const files = {
  'metrics.jsonl': [
    { step: 50, msre: 0.5, questions: [0.25, null] },
    { step: 2 ** 40, msre: 0.125, questions: [0.5, 1] },
  ],
  'timing.jsonl': [{ step: 100, seconds: 4 }],
  'step-sizes.jsonl': [{ step: 50, 'head.quantiles': [1, 2, 3, 4, 5], 'head.sample': [1] }],
};
const runs = [
  keepRun(folder, { beside: files }),
  keepRun(folder, { seed: 1 }),
  keepRun(folder, { config: keptConfig(0.2), beside: { 'metrics.jsonl': [{ step: 1, msre: null }] } }),
];
const out = join(folder, 'tb');
const written = writeTensorBoard(out, runs, (line) => {
  throw new Error(line);
});
const place = join(out, 'small rule.alpha=0.1', '0');
const NAME = 'events.out.tfevents.1767225600.here';

test('there is a folder per run, named after setting and seed, with one event file', () => {
  const there = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('events'));
  expect(there.sort()).toEqual(
    ['small rule.alpha=0.1/0', 'small rule.alpha=0.1/1', 'small rule.alpha=0.2/0'].map((run) => join(run, NAME)),
  );
  expect(written).toEqual({ runs: 3, events: 3 + 2 * 3 });
});

test('a file is the same bytes however often it is written', () => {
  const again = join(folder, 'again');
  writeTensorBoard(again, runs, () => undefined);
  const read = (from: string): Buffer => readFileSync(join(from, 'small rule.alpha=0.1', '0', NAME));
  expect(read(again).equals(read(out))).toBe(true);
});

test('a first record says which version follows, between masked checksums of its length and itself', () => {
  const record = versionEvent(0);
  const unmask = (at: number): number => {
    const rotated = (record.readUInt32LE(at) - 0xa282ead8) >>> 0;
    return ((rotated >>> 17) | (rotated << 15)) >>> 0;
  };
  const length = Number(record.readBigUInt64LE(0));
  expect(record.length).toBe(8 + 4 + length + 4);
  expect(unmask(8)).toBe(crc32c(record.subarray(0, 8)));
  expect(unmask(12 + length)).toBe(crc32c(record.subarray(12, 12 + length)));
  expect(record.toString('latin1')).toContain('brain.Event:2');
});

test('a run whose files cannot be read is told of, the others are written', () => {
  const bad = keepRun(join(folder, 'bad'), { seed: 3 });
  put(bad.folder, 'metrics.jsonl', 'no json\n');
  const told: string[] = [];
  expect(writeTensorBoard(join(folder, 'some'), [bad, runs[1]!], (line) => told.push(line)).runs).toBe(1);
  expect(told).toHaveLength(1);
});

describe.runIf(canImport('tensorboard'))("TensorBoard's own reader", { timeout: 60_000 }, () => {
  const READ = `import json, sys, logging
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.types_pb2 import DT_STRING
a = EventAccumulator(sys.argv[1]); a.Reload(); tags = a.Tags()
t = a.Tensors('setting')[0].tensor_proto
print(json.dumps({'scalars': {k: [[e.wall_time, e.step, e.value] for e in a.Scalars(k)] for k in tags['scalars']}, 'version': a.file_version,
  'text': t.string_val[0].decode(), 'string': t.dtype == DT_STRING,
  'plugin': a.SummaryMetadata('setting').plugin_data.plugin_name}))`;
  const STRICT = `import json, sys
from tensorboard.compat.tensorflow_stub.pywrap_tensorflow import PyRecordReader_New
from tensorboard.compat.tensorflow_stub import errors
r = PyRecordReader_New(sys.argv[1]); n = 0
try:
    while True:
        r.GetNext(); n += 1
except errors.OutOfRangeError:
    print(json.dumps(n))`;
  const start = Date.parse('2026-01-01T00:00:00.000Z') / 1000;

  test('finds every scalar at its step and time, and the setting as text', () => {
    const far = start + (2 ** 40 * 4) / 100;
    const found = python(READ, place) as { text: string; scalars: object };
    expect(found.scalars).toEqual({
      msre: [
        [start + 2, 50, 0.5],
        [far, 2 ** 40, 0.125],
      ],
      'questions/0': [
        [start + 2, 50, 0.25],
        [far, 2 ** 40, 0.5],
      ],
      'questions/1': [[far, 2 ** 40, 1]],
      ...Object.fromEntries(
        ['min', 'q10', 'median', 'q90', 'max'].map((name, i) => [`step-sizes/head/${name}`, [[start + 2, 50, i + 1]]]),
      ),
    });
    expect(found).toMatchObject({ version: 2, string: true, plugin: 'text' });
    expect(found.text).toContain('| agent.rule.alpha | 0.1 |');
  });

  test('takes a whole file, and refuses one of which a byte is flipped', () => {
    expect(python(STRICT, join(place, NAME))).toBe(5);
    const bad = join(folder, 'flipped');
    mkdirSync(bad);
    cpSync(join(place, NAME), join(bad, NAME));
    const bytes = readFileSync(join(bad, NAME));
    bytes[bytes.length - 10]! ^= 1;
    writeFileSync(join(bad, NAME), bytes);
    expect(() => python(STRICT, join(bad, NAME))).toThrow(/DataLossError/);
  });

  test('takes text of more than 127 bytes, and letters of other alphabets', () => {
    const path = put(folder, `long/${NAME}`, '');
    writeFileSync(path, Buffer.concat([versionEvent(start), textEvent(start, 'setting', 'ä'.repeat(20_000))]));
    expect(python(READ, join(folder, 'long'))).toMatchObject({ text: 'ä'.repeat(20_000) });
  });
});
