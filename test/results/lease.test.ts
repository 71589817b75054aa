/** One holder at a time, whatever is killed and whatever the clocks say. */
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { type Holder, isAlive, thisProcess } from '../../src/results/holder.ts';
import { isLease, type Lease, leaseHolder, type Sightings, takeLease } from '../../src/results/lease.ts';
import { put, tempFolder } from '../support/temp.ts';

const root = tempFolder();
let count = 0;
function place(): string {
  const folder = join(root, `setting-${count++}`, '0');
  mkdirSync(folder, { recursive: true });
  return folder;
}
const filesAt = (folder: string): string[] => readdirSync(join(folder, '..')).filter((name) => name !== '0');
const rootFile = (folder: string): string => join(folder, '..', '.0.lease');

function held(taken: Lease | Holder): Lease {
  if (!isLease(taken)) throw new Error(`held by ${JSON.stringify(taken)}`);
  return taken;
}

/** The file of somebody else. */
function holdAs(folder: string, over: Partial<Holder>, name = '.0.lease'): void {
  writeFileSync(join(folder, '..', name), `${JSON.stringify({ ...thisProcess(), ...over })}\n`);
}
const gone = (): Partial<Holder> => ({ token: `gone${count++}`, pid: spawnSync(process.execPath, ['-e', '']).pid });

describe('on one machine', () => {
  it('is taken once, and again after it was given back; nothing stays behind', () => {
    const folder = place();
    const lease = held(takeLease(folder));
    expect(isLease(takeLease(folder))).toBe(false);
    expect(takeLease(folder)).toMatchObject({ pid: process.pid, host: hostname() });
    expect(leaseHolder(folder)?.pid).toBe(process.pid);
    lease.release();
    expect(filesAt(folder)).toEqual([]);
    expect(leaseHolder(folder)).toBeNull();
    held(takeLease(folder)).release();
  });

  it('of a dead process is followed at once, also that of a follower, and the chain goes with its last holder', () => {
    const folder = place();
    const first = gone();
    holdAs(folder, first);
    holdAs(folder, { ...gone(), token: 'second' }, `.0.lease.${first.token!}`);
    const lease = held(takeLease(folder));
    expect(existsSync(`${rootFile(folder)}.second`)).toBe(true);
    expect(isLease(takeLease(folder))).toBe(false);
    lease.release();
    expect(filesAt(folder)).toEqual([]);
  });

  it('of a process whose id another one has by now is that of a dead one', () => {
    const folder = place();
    holdAs(folder, { began: '1' });
    expect(isAlive({ ...thisProcess(), began: '1' })).toBe(false);
    expect(isAlive(thisProcess())).toBe(true);
    held(takeLease(folder)).release();
  });

  it('lasts as long as its process, however long that stands still; nobody holds that of a dead one', () => {
    const folder = place();
    const seen: Sightings = new Map();
    holdAs(folder, { token: 'still' });
    for (const now of [0, 121_000, 1e9]) {
      expect(isLease(takeLease(folder, { sightings: seen, clock: () => now }))).toBe(false);
    }
    holdAs(folder, gone());
    expect(leaseHolder(folder)).toBeNull();
  });

  it('of a process in another container, where ids mean something else, is that of one that cannot be seen', () => {
    expect(isAlive({ ...thisProcess(), space: 'another', began: '1' })).toBeNull();
  });

  it('is not ours where the whole chain went while we followed its end: our file follows nobody then', async () => {
    const folder = place();
    holdAs(folder, { ...gone(), token: 'dead' });
    const fs = await import('node:fs');
    const link = vi.spyOn(fs.default, 'linkSync').mockImplementation((from, to) => {
      rmSync(rootFile(folder)); // the follower of the dead one has come, worked and left
      holdAs(folder, { token: 'next' });
      link.mockRestore();
      fs.linkSync(from, to);
    });
    syncBuiltinESMExports();
    const taken = takeLease(folder);
    syncBuiltinESMExports();
    expect(taken).toMatchObject({ token: 'next' });
  });

  it('who comes too late to follow a dead holder does not: the chain is gone, or another holds it', () => {
    const folder = place();
    holdAs(folder, { ...gone(), token: 'dead' });
    writeFileSync(`${rootFile(folder)}.dead`, `${JSON.stringify({ ...thisProcess(), token: 'fast' })}\n`);
    expect(takeLease(folder)).toMatchObject({ token: 'fast' });
    // A file that follows nobody is no lease.
    const other = place();
    writeFileSync(`${rootFile(other)}.dead`, `${JSON.stringify(thisProcess())}\n`);
    const lease = held(takeLease(other));
    expect(lease.beat()).toBe(true);
    lease.release();
    expect(leaseHolder(other)).toBeNull();
    held(takeLease(other)).release();
  });
});

describe('across machines', () => {
  const away: Partial<Holder> = { host: `not-${hostname()}`, token: 'away' };

  it('is taken over at once from the very holder that another process has watched, and found dead', () => {
    const folder = place();
    holdAs(folder, away);
    expect(isLease(takeLease(folder, { dead: 'another' }))).toBe(false);
    held(takeLease(folder, { dead: 'away' })).release();
    expect(filesAt(folder)).toEqual([]);
  });

  it('lasts as long as its file grows, whatever the clocks say, and is followed two minutes after that', () => {
    const folder = place();
    holdAs(folder, away);
    const seen: Sightings = new Map();
    let now = 0;
    const take = () => takeLease(folder, { sightings: seen, clock: () => now });
    for (now = 0; now < 600_000; now += 60_000) {
      expect(isLease(take())).toBe(false);
      appendFileSync(rootFile(folder), '.');
    }
    expect(isLease(take())).toBe(false); // it has grown since
    now += 119_000;
    expect(isLease(take())).toBe(false);
    now += 2_000;
    held(take()).release();
  });

  it.each([0, 4102444800])('whatever time its file bears, such as %d seconds after 1970', (time) => {
    const folder = place();
    holdAs(folder, away);
    utimesSync(rootFile(folder), time, time);
    const seen: Sightings = new Map();
    expect(isLease(takeLease(folder, { sightings: seen, clock: () => 0 }))).toBe(false);
    expect(isLease(takeLease(folder, { sightings: seen, clock: () => 119_000 }))).toBe(false);
    appendFileSync(rootFile(folder), '.');
    utimesSync(rootFile(folder), time, time);
    expect(isLease(takeLease(folder, { sightings: seen, clock: () => 121_000 }))).toBe(false);
    held(takeLease(folder, { sightings: seen, clock: () => 242_000 })).release();
  });

  it('who was taken for dead notices, and gives nothing back that is not its own', () => {
    const folder = place();
    const slow = held(takeLease(folder));
    expect(slow.beat()).toBe(true);
    const { token } = JSON.parse(readFileSync(rootFile(folder), 'utf8').split('\n')[0]!) as Holder;
    holdAs(folder, away, `.0.lease.${token}`);
    expect(slow.beat()).toBe(false);
    slow.release();
    expect(filesAt(folder)).toHaveLength(2);
  });

  it('one that cannot be understood has a holder that nobody can see', () => {
    const folder = place();
    writeFileSync(rootFile(folder), '{"tok');
    const seen: Sightings = new Map();
    expect(isLease(takeLease(folder, { sightings: seen, clock: () => 0 }))).toBe(false);
    held(takeLease(folder, { sightings: seen, clock: () => 121_000 })).release();
    expect(filesAt(folder)).toEqual([]);
  });

  it('many that cannot be understood follow each other: power cuts that came again and again', () => {
    const folder = place();
    const seen: Sightings = new Map();
    let now = 0;
    writeFileSync(rootFile(folder), '');
    for (let cut = 1; cut <= 3; cut++) {
      expect(isLease(takeLease(folder, { sightings: seen, clock: () => now }))).toBe(false);
      now += 121_000;
      held(takeLease(folder, { sightings: seen, clock: () => now }));
      expect(filesAt(folder)).toHaveLength(cut + 1);
      const newest = filesAt(folder).find((name) => readFileSync(join(folder, '..', name), 'utf8') !== '')!;
      writeFileSync(join(folder, '..', newest), '');
    }
    expect(isLease(takeLease(folder, { sightings: seen, clock: () => now }))).toBe(false);
    held(takeLease(folder, { sightings: seen, clock: () => now + 121_000 })).release();
    expect(filesAt(folder)).toEqual([]);
  });

  it('stays ours while its file cannot be read: a folder in its place, a server that is away', () => {
    const folder = place();
    const lease = held(takeLease(folder));
    rmSync(rootFile(folder));
    mkdirSync(rootFile(folder));
    expect(lease.beat()).toBe(true);
    expect(() => lease.release()).not.toThrow();
    expect(() => takeLease(folder)).toThrow(/^Cannot read .*\.0\.lease: a folder stands where a file is needed$/);
  });

  it('is lost with its file: whoever removed that may have begun anew', () => {
    const folder = place();
    const lease = held(takeLease(folder));
    rmSync(rootFile(folder));
    expect(lease.beat()).toBe(false);
    held(takeLease(folder)).release();
  });
});

it('of many processes that want it at the same time, one has it, also where a dead one had it before', async () => {
  const url = pathToFileURL('dist/src/results/lease.js').href;
  const script = put(
    root,
    'race.mjs',
    `import { isLease, takeLease } from ${JSON.stringify(url)};
     import { appendFileSync } from 'node:fs';
     const [folder, log] = process.argv.slice(2);
     for (let had = 0; had < 20; ) {
       const lease = takeLease(folder);
       if (!isLease(lease)) continue;
       appendFileSync(log, 'in ' + process.pid + '\\n');
       for (const end = performance.now() + 1; performance.now() < end; );
       appendFileSync(log, 'out ' + process.pid + '\\n');
       if (++had % 7 === 0 && process.argv[4] === 'dies') process.exit();
       lease.release();
     }`,
  );
  const folder = place();
  const log = join(root, 'race.log');
  holdAs(folder, gone());
  const racers = Array.from({ length: 5 }, (_, i) =>
    spawn(process.execPath, [script, folder, log, i < 2 ? 'dies' : ''], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(racers.map((racer) => new Promise((done) => racer.on('exit', done))));
  expect(codes).toEqual([0, 0, 0, 0, 0]);
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBe(2 * (3 * 20 + 2 * 7));
  for (let i = 0; i < lines.length; i += 2) {
    expect(lines[i]).toMatch(/^in /);
    expect(lines[i + 1]).toBe(lines[i]!.replace('in', 'out'));
  }
}, 30_000);
