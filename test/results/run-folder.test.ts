import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../../src/results/make-folder.ts';
import { createRunFolder, locateRun, openRunFolder } from '../../src/results/run-folder.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { UserError } from '../../src/user-error.ts';

let results: string;
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'results-'));
});
afterEach(() => {
  rmSync(results, { recursive: true });
});

const setting = { alpha: 0.1 };
const place = (change: object = {}) => ({ results, experiment: 'exp', setting, seed: 3, ...change });

test('a run lies at results/<experiment>/<setting hash>/<seed> and making it twice is no harm', () => {
  const folder = createRunFolder(place());
  expect(folder.path).toBe(join(results, 'exp', settingHash(setting), '3'));
  expect(folder).toMatchObject({ experiment: 'exp', hash: settingHash(setting), seed: '3' });
  expect(existsSync(folder.checkpoint)).toBe(true);
  writeFileSync(folder.metrics, 'kept');
  expect(createRunFolder(place())).toEqual(folder);
  expect(existsSync(folder.metrics)).toBe(true);
  expect(createRunFolder(place({ setting: { alpha: 0.2 } })).path).not.toBe(folder.path);
});

test('locating a run makes nothing', () => {
  const folder = locateRun(place());
  expect(existsSync(folder.path)).toBe(false);
  expect(createRunFolder(place())).toEqual(folder);
  expect(existsSync(folder.path)).toBe(true);
});

test('opening needs a run.json', () => {
  const folder = createRunFolder(place());
  expect(() => openRunFolder(folder.path)).toThrow(UserError);
  expect(() => openRunFolder(folder.path)).toThrow('there is no run.json in it; pass a folder like results/');
  writeFileSync(folder.record, '{}');
  expect(openRunFolder(folder.path)).toEqual(folder);
});

test.runIf(process.platform === 'linux')('an impossible place gives one line that names it and the flag', () => {
  expect(() => createRunFolder(place({ results: '/proc/x' }))).toThrow(UserError);
  expect(() => createRunFolder(place({ results: '/proc/x' }))).toThrow(
    'Cannot write results to /proc/x: no folder can be made there; pass --results <folder>',
  );
  const file = join(results, 'file');
  writeFileSync(file, '');
  expect(() => createRunFolder(place({ results: file }))).toThrow(
    `Cannot write results to ${file}: a file stands where a folder is needed; pass --results <folder>`,
  );
});

test.runIf(process.platform !== 'win32')('a folder that may not be written gives one line', () => {
  chmodSync(results, 0o500);
  asNobody(() => {
    expect(() => createRunFolder(place())).toThrow(
      `Cannot write results to ${results}: permission denied; pass --results <folder>`,
    );
  });
  chmodSync(results, 0o777);
  asNobody(() => {
    expect(() => createRunFolder(place())).not.toThrow();
  });
});

test('names that would lead elsewhere are refused', () => {
  for (const bad of ['../up', 'a/b', '', '.hidden', '..', 'a b']) {
    expect(() => locateRun(place({ experiment: bad }))).toThrow(UserError);
    expect(() => locateRun(place({ seed: bad }))).toThrow(`after seed "${bad}"`);
  }
  for (const good of ['trace-patterning', '2026.a_b', '7']) {
    expect(() => locateRun(place({ experiment: good, seed: good }))).not.toThrow();
  }
});

test.runIf(process.platform === 'linux')(
  'a folder is made with its parents, or refused without end-less trying',
  () => {
    const deep = join(results, 'a', 'b', 'c');
    makeFolder(deep);
    makeFolder(deep);
    expect(existsSync(deep)).toBe(true);
    for (const impossible of ['/proc/x', '/proc/x/y/z'])
      expect(() => {
        makeFolder(impossible);
      }).toThrow('ENOENT');
    writeFileSync(join(deep, 'file'), '');
    expect(() => {
      makeFolder(join(deep, 'file'));
    }).toThrow('EEXIST');
    expect(() => {
      makeFolder(join(deep, 'file', 'under'));
    }).toThrow('ENOTDIR');
  },
);

/** The superuser may write everywhere: where the tests run as root, acts without that right. */
function asNobody(act: () => void): void {
  if (process.getuid?.() !== 0) {
    act();
    return;
  }
  process.seteuid?.(65534);
  try {
    act();
  } finally {
    process.seteuid?.(0);
  }
}
