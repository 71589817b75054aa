/** agent-state audit: what it leaves on disk, what it prints, and what it refuses. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listParts } from '../../src/registry.ts';
import { cli, cliJson, type Ended, mistake, type RunJson, start } from '../support/cli.ts';
import { put, tempFolder } from '../support/temp.ts';
import { WILD_AGENT } from '../support/user-files.ts';

const folder = tempFolder();
const SMALL = ['--set', 'agent.cell.units=5', '--set', 'every=200'];
const pair = ['audit', '--agent', 'snap-td', '--env', 'trace-conditioning'];
const small = [...pair, ...SMALL, '--steps', '600'];

interface Row {
  readonly estimator: string;
  readonly isActive: boolean;
  readonly cosine: number | null;
  readonly relativeError: number | null;
  readonly normRatio: number | null;
  readonly macsPerStep: number;
  readonly bytes: number;
  readonly microseconds: number | null;
  readonly groups: Record<string, { cosine: number | null }>;
}

interface AuditJson extends RunJson {
  readonly reference: { readonly kind: string; readonly exactMacs: number };
  readonly estimators: readonly Row[];
  readonly leftOut: readonly { readonly label: string; readonly reason: string }[];
  readonly pictures: readonly string[];
}

interface Line {
  readonly step: number;
  readonly estimator: string;
  readonly group: string;
  readonly cosine: number | null;
}

const linesOf = (path: string): Line[] =>
  readFileSync(join(path, 'audit.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const byName = ({ estimators }: AuditJson): Record<string, Row> =>
  Object.fromEntries(estimators.map((row) => [row.estimator, row]));

describe('an audit of everything', () => {
  let shown: Ended;
  let told: AuditJson;
  beforeAll(async () => {
    shown = await cli(folder, ...small);
    told = await cliJson<AuditJson>(folder, ...small, '--results', 'again');
  });

  it('tells of every estimator of the folder, the ones left out with their reason', () => {
    const names = [...told.estimators.map(({ estimator }) => estimator), ...told.leftOut.map(({ label }) => label)];
    expect(new Set(names.map((name) => name.split(' ')[0]))).toEqual(new Set(listParts('estimators')));
    expect(told.leftOut.find(({ label }) => label === 'dni')!.reason).toContain('it learns from targets');
    for (const { estimator } of told.estimators) expect(shown.stdout).toContain(estimator);
    for (const { label, reason } of told.leftOut) expect(shown.stdout).toContain(`left out, ${label}: ${reason}`);
  });

  it('finds exact what is exact, and the rest as far from it as it is', () => {
    const rows = byName(told);
    expect(rows['rtrl']).toMatchObject({ cosine: 1, relativeError: 0, normRatio: 1 });
    expect(rows['snap n=1']).toMatchObject({ isActive: true });
    expect(rows['snap n=1']!.relativeError).toBeGreaterThan(0.01);
    expect(rows['immediate']!.relativeError).toBeGreaterThan(rows['snap n=1']!.relativeError!);
    expect(rows['none']).toMatchObject({ cosine: 0, relativeError: 1, normRatio: 0, macsPerStep: 0, bytes: 0 });
    expect(Object.keys(rows['snap n=1']!.groups)).toEqual(['update', 'reset', 'recurrent', 'candidate']);
  });

  it('prints the table, what it was measured against, and where everything lies', () => {
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('on the reference path');
    expect(shown.stdout).toContain('Reference: exact RTRL beside the agent');
    expect(shown.stdout).toMatch(/estimator +cosine +relative error +norm ratio +MACs\/step +bytes +us\/step/);
    expect(shown.stdout).toContain('snap n=1 *');
    for (const file of ['cosine.svg', 'cost.svg', 'audit.md', 'audit.jsonl']) {
      const path = new RegExp(`results/audit/snap-td\\.trace-conditioning/[0-9a-f]{10}/0/${file}`).exec(shown.stdout);
      expect(existsSync(join(folder, path![0])), file).toBe(true);
    }
  });

  it('leaves windows, a record, a page, pictures and a log', () => {
    const lines = linesOf(told.folder);
    const groups = ['all', 'update', 'reset', 'recurrent', 'candidate'];
    expect([...new Set(lines.map(({ step }) => step))]).toEqual([200, 400, 600]);
    expect(lines).toHaveLength(3 * groups.length * told.estimators.length);
    expect(new Set(lines.map(({ group }) => group))).toEqual(new Set(groups));
    expect(Object.keys(lines[0]!)).toEqual([
      'step',
      'estimator',
      'group',
      'cosine',
      'relativeError',
      'normRatio',
      'steps',
    ]);
    const record = JSON.parse(readFileSync(join(told.folder, 'audit.json'), 'utf8')) as Record<string, unknown>;
    expect(record).toMatchObject({ format: 1, status: 'done', estimators: told.estimators, leftOut: told.leftOut });
    expect(record['config']).toMatchObject({ steps: 600, agent: { cell: { id: 'gru', units: 5 } } });
    const page = readFileSync(join(told.folder, 'audit.md'), 'utf8');
    for (const { estimator } of told.estimators) expect(page).toContain(`| ${estimator}`);
    for (const path of told.pictures) expect(readFileSync(path, 'utf8')).toContain('cosine with the exact gradient');
    const events = readFileSync(join(told.folder, 'log.ndjson'), 'utf8').trim().split('\n');
    const named = events.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(named.filter((event) => event === 'audit.window')).toHaveLength(3);
    expect(named).toContain('audit.left-out');
    expect(named.at(-1)).toBe('run.done');
  });

  it('gives the same numbers for the same seed', () => {
    const other = /results\/audit\/\S+\/audit\.jsonl/.exec(shown.stdout)![0].replace('/audit.jsonl', '');
    expect(linesOf(join(folder, other))).toEqual(linesOf(told.folder));
  });
});

describe.concurrent('an audit of a few', () => {
  it('takes names and options, and measures by a probe where exact RTRL is over the budget', async () => {
    const args = [...small, '--estimators', 'immediate,snap:n=2', '--budget', '4000'];
    const told = await cliJson<AuditJson>(folder, ...args);
    expect(told.reference.kind).toBe('probe');
    expect(told.reference.exactMacs).toBeGreaterThan(4000);
    expect(told.estimators.map(({ estimator }) => estimator).sort()).toEqual(['immediate', 'snap']);
    expect(told.leftOut.map(({ label }) => label)).toEqual(['snap n=2']);
    expect(byName(told)['snap']!.cosine).toBeGreaterThan(byName(told)['immediate']!.cosine!);
  });

  it('lets the agent learn what it learns in a run of the same seed', async () => {
    const setting = [...pair.slice(1), ...SMALL, '--steps', '3000'];
    const told = await cliJson<AuditJson>(folder, 'audit', ...setting, '--estimators', 'uoro', '--seed', '3');
    const runs = await cliJson<RunJson[]>(folder, 'run', ...setting, '--path', 'reference', '--seeds', '3,4');
    expect(told.msre).toBe(runs[0]!.msre);
    expect(told.msre).not.toBe(runs[1]!.msre); // control
    expect(told.msre).toBeGreaterThan(0);
  });

  it('lists what gives up on the way, with its line', async () => {
    const args = [...small, '--estimators', 'bptt:length=250'];
    const told = await cliJson<AuditJson>(folder, ...args);
    expect(told.leftOut).toEqual([
      { label: 'bptt length=250', reason: expect.stringContaining('Cannot go back through step 251') as string },
    ]);
    const lines = linesOf(told.folder).filter(({ estimator }) => estimator === 'bptt length=250');
    expect(new Set(lines.map(({ step }) => step))).toEqual(new Set([200]));
    expect(lines[0]!.cosine).toBeGreaterThan(0.99);
  });

  it('tells of a divergence and keeps what was measured', async () => {
    const wild = put(folder, 'wild.ts', WILD_AGENT);
    const args = ['audit', '--agent', wild, '--env', 'cycle-world', '--steps', '900', '--estimators', 'rtrl'];
    const { code, stdout, stderr } = await cli(folder, ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/diverged at step \d+ /) as string });
    expect(stdout).toContain('audit.jsonl');
  });
});

it('stops at a signal and shows what it has found', async () => {
  const args = [...pair, ...SMALL, '--steps', '10000000', '--estimators', 'immediate', '--results', 'stopped'];
  const { child, ended } = start(folder, ...args);
  const path = await fileIn(join(folder, 'stopped'), 'audit.jsonl', 2000);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
  expect(stdout).toMatch(/interrupted after [\d,]+ steps/);
  const record = JSON.parse(readFileSync(path.replace('audit.jsonl', 'audit.json'), 'utf8')) as AuditJson;
  expect(record.status).toBe('interrupted');
  expect(record.steps).toBe(linesOf(dirname(path)).at(-1)!.step);
  expect(byName(record)['immediate']!.cosine).not.toBeNull();
});

/** Waits until a file of this name lies somewhere below the folder, and has so many letters. */
async function fileIn(below: string, name: string, letters: number): Promise<string> {
  for (;;) {
    const found = existsSync(below)
      ? readdirSync(below, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(name))
      : undefined;
    if (found !== undefined && statSync(join(below, found)).size > letters) return join(below, found);
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe.concurrent('a mistake', () => {
  const cases: [string, string[], string][] = [
    ['no agent', ['audit'], 'Cannot audit nothing: name an agent'],
    ['an unknown agent', ['audit', '--agent', 'snap', '--env', 'cycle-world'], 'Cannot find "snap" in agents'],
    ['an unknown estimator', [...pair, '--estimators', 'rtlr'], 'did you mean "rtrl"?'],
    ['no estimator', [...pair, '--estimators', ','], 'Cannot use --estimators'],
    ['an option that is not there', [...pair, '--estimators', 'snap:m=2'], 'there is no option m'],
    ['steps', [...pair, '--steps', 'many'], 'Cannot use --steps many'],
    ['a seed', [...pair, '--seed', 'x'], 'Cannot use --seed x: it must be a whole number'],
    ['a budget', [...pair, '--budget', '-1'], 'Cannot use --budget -1'],
    ['a reference', [...pair, '--reference', 'truth'], 'Cannot use --reference truth: it is auto, shadow or probe'],
    ['a shadow that is too dear', [...pair, '--reference', 'shadow', '--budget', '10'], 'raise --budget'],
    ['the other path', [...pair, '--set', 'path=compiled'], 'Cannot audit on the compiled path'],
    ['an agent that learns nothing', [...pair, '--set', 'learn=false'], 'Cannot audit an agent that does not learn'],
    ['a state without parameters', ['audit', '--agent', 'trace-baseline', '--env', 'cycle-world'], 'has no parameters'],
    ['results that cannot be written', [...small, '--results', put(folder, 'file', '')], 'Cannot write results to'],
  ];
  it.each(cases)('%s', async (_, args, words) => {
    expect(await mistake(folder, ...args)).toContain(words);
  });
});
