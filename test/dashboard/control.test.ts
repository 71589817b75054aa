/** A run in a process of its own, steered from the dashboard: it does what it is told, and ends with the same bytes. */
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Controlled, LiveFrame, LiveState } from '../../src/dashboard/protocol.ts';
import { leaseHolder } from '../../src/results/lease.ts';
import { thisProcess } from '../../src/results/holder.ts';
import { dropDead, liveAddress } from '../../src/run/live-address.ts';
import { visitRun } from '../../src/run/live-visit.ts';
import { cli } from '../support/cli.ts';
import { type Answer, openDashboard, type Open } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { type Begun, bytesOf, linesOf, runFolders, startUntil } from '../support/stopping.ts';
import { put, tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const STEPS = 300_000;
const args = ['run', '--agent', 'columnar-td', '--env', 'trace-conditioning', '--set', 'agent.cell.columns=2'];
args.push('--steps', String(STEPS), '--set', 'every=1000', '--checkpoint-every', '100000');

describe('of a run that goes on', () => {
  let begun: Begun;
  let open: Open;
  let address: string;
  let csrf: string;

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const given = { 'x-csrf-token': csrf, 'content-type': 'application/json', ...headers };
    return open.ask(`${address}/control`, { method: 'POST', headers: given, body: JSON.stringify(body) });
  };
  const steer = async (command: string, steps?: number): Promise<Controlled> => {
    const { status, text } = await post({ command, ...(steps === undefined ? {} : { steps }) });
    expect({ status, text }).toMatchObject({ status: 200 });
    return JSON.parse(text) as Controlled;
  };

  it('pauses, lives as many steps as it is told, saves itself, goes on, and ends the same', async () => {
    begun = await startUntil(cwd, 'live', 3, args);
    open = await openDashboard(join(cwd, 'live'));
    address = `/api/runs/${begun.folder.split('/').slice(-3).join('/')}`;
    ({ csrf } = await open.json<{ csrf: string }>('/api/session'));
    let paused: Answer;
    do paused = await post({ command: 'pause' });
    while (paused.status === 422); // the door opens a moment after the run has begun
    const { step, isPaused } = JSON.parse(paused.text) as Controlled;
    expect(isPaused).toBe(true);
    expect(step! % 256).toBe(0);
    const lines = linesOf(join(begun.folder, 'metrics.jsonl'));
    await new Promise((done) => setTimeout(done, 300));
    expect(linesOf(join(begun.folder, 'metrics.jsonl'))).toBe(lines);
    expect((await steer('step')).step).toBe(step! + 1);
    expect((await steer('step', 9)).step).toBe(step! + 10);
    expect((await steer('chunk')).step).toBe(step! + 256);
    const checkpoint = join(begun.folder, 'checkpoint', 'state.ckpt');
    const before = existsSync(checkpoint) ? statSync(checkpoint).mtimeMs : 0;
    expect(await steer('checkpoint')).toEqual({ canSteer: true, isPaused: true, step: step! + 256, isOver: false });
    expect(statSync(checkpoint).mtimeMs).toBeGreaterThan(before);
  });

  it('shows its inside to who looks: of each step that it lives', async () => {
    const run = begun.folder.split('/').slice(-3).join('/');
    const events: { event: string; data: LiveFrame & LiveState }[] = [];
    let text = '';
    const asked = request(
      { host: '127.0.0.1', port: open.port, path: `/api/stream?live=${run}`, agent: false },
      (response) => {
        response.on('data', (data: Buffer) => {
          text += data.toString();
          const whole = text.split('\n\n');
          text = whole.pop()!;
          for (const one of whole) {
            const [, event, data] = /^event: (\w+)\ndata: (.*)$/m.exec(one) ?? [];
            if (event) events.push({ event, data: JSON.parse(data!) as LiveFrame & LiveState });
          }
        });
      },
    );
    asked.on('error', () => undefined).end();
    const until = async (ready: () => boolean): Promise<void> => {
      while (!ready()) await new Promise((done) => setTimeout(done, 10));
    };
    const latest = (event: string) => events.findLast((one) => one.event === event)?.data;
    await until(() => latest('live')?.canSteer === true && latest('frame') !== undefined); // one of it as it stands
    expect(latest('live')).toMatchObject({ run, isPaused: true });
    const { step } = await steer('step');
    await until(() => latest('frame')!.step === step);
    expect(latest('frame')).toMatchObject({ run, units: 2, components: 2, steps: { from: step! - 1, count: 1 } });
    expect(latest('live')!.step).toBe(step);
    expect(
      events.filter(({ event }) => event === 'frame').some(({ data }) => (data.slow?.influence?.norm ?? 0) > 0),
    ).toBe(true);
    asked.destroy();
    await steer('chunk');
  });

  it('refuses what is no command, and whoever may not give one', async () => {
    expect((await post({ command: 'stop' })).status).toBe(422);
    expect((await post({ command: 'step', steps: 1e9 })).status).toBe(422);
    expect((await post({ command: 'step', steps: -1 })).status).toBe(422);
    expect((await post([])).status).toBe(422);
    expect((await post({ command: 'x'.repeat(5000) })).status).toBe(422);
    expect((await post({ command: 'pause' }, { 'content-type': 'text/plain' })).status).toBe(422); // a form of another page
    expect((await post({ command: 'pause' }, { 'x-csrf-token': '' })).status).toBe(403);
    expect((await post({ command: 'pause' }, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await open.ask(`${address}/control`)).status).toBe(405);
  });

  it('is steered by forms too, that bring the secret in a field', async () => {
    const page = address.replace('/api/runs', '/plain');
    const submit = (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
      open.ask(`${page}/control`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
      });
    const { text, headers } = await open.ask(page);
    expect(headers['referrer-policy']).toBe('same-origin'); // browsers else send forms as from nowhere
    expect(text).toContain(`name="csrf" value="${csrf}"`);
    const stepOf = async (): Promise<number> => Number(/It pauses at step (\d+)/.exec((await open.ask(page)).text)![1]);
    const before = await stepOf();
    expect(await submit({ csrf, command: 'step', steps: '3' })).toMatchObject({
      status: 303,
      headers: { location: page },
    });
    expect(await stepOf()).toBe(before + 3);
    expect((await submit({ csrf, command: 'chunk', steps: '1' })).status).toBe(303);
    const after = await stepOf();
    expect(after % 256).toBe(0);

    const step = { command: 'step', steps: '1' };
    expect((await submit(step)).status).toBe(403);
    expect((await submit({ ...step, csrf: csrf.replace(/./g, '0') })).status).toBe(403);
    expect((await submit(step, { 'x-csrf-token': csrf })).status).toBe(403); // the field, nothing else
    expect((await submit({ ...step, csrf }, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await submit({ ...step, csrf }, { origin: 'null' })).status).toBe(403);
    const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await submit({ ...step, csrf }, foreign)).status).toBe(403);
    expect((await submit({ ...step, csrf }, { host: 'evil.example' })).status).toBe(403);
    expect((await submit({ ...step, csrf }, { 'content-type': 'application/json' })).status).toBe(422);
    expect((await submit({ ...step, csrf, more: 'x'.repeat(5000) })).status).toBe(422);
    for (const steps of ['0', '1e9', 'x', ''])
      expect(await submit({ command: 'step', steps, csrf })).toMatchObject({ status: 422 });
    expect((await submit({ command: '<script>', csrf })).text).not.toContain('<script>');
    expect((await open.ask(`${page}/control`)).status).toBe(405);
    expect(await stepOf()).toBe(after);
  });

  it('is deaf to what it does not understand at its socket, and to visitors of another run', async () => {
    const path = liveAddress(leaseHolder(begun.folder)!)!;
    const ends = (bytes: string): Promise<string> =>
      new Promise((done) => {
        let text = '';
        const socket = connect(path, () => socket.write(bytes));
        socket.on('data', (data) => (text += data.toString())).on('error', () => undefined);
        socket.on('close', () => done(text));
      });
    const hello = `${JSON.stringify({ folder: begun.folder })}\n`;
    for (const bytes of [
      '\n',
      'no json\n',
      'x'.repeat(200_000),
      `${hello}{"id":1,"command":"die"}\n`,
      `${hello}{"id":1,"command":"step","steps":1e9}\n`,
    ])
      expect(await ends(bytes), bytes.slice(0, 50)).not.toContain('done');
    expect(await ends('{"id":1,"command":"resume"}\n')).toBe('{"gone":true}\n');
    expect(await ends(`${JSON.stringify({ folder: cwd })}\n`)).toBe('{"gone":true}\n');
    expect((await steer('pause')).isPaused).toBe(true); // and still there
  });

  it('goes on, and ends with the bytes of one that was left alone', async () => {
    expect((await steer('resume')).isPaused).toBe(false);
    expect((await begun.ended).code).toBe(0);
    expect((await open.ask(address.replace('/api/runs', '/plain'))).text).not.toContain('name="csrf"');
    expect((await post({ command: 'pause' })).status).toBe(422);
    expect((await cli(cwd, ...args, '--results', 'alone')).code).toBe(0);
    const [alone] = runFolders(join(cwd, 'alone'));
    expect(bytesOf(begun.folder)).toEqual(bytesOf(alone!));
    expect((await cli(cwd, ...args, '--seeds', '1-1', '--results', 'other')).code).toBe(0);
    expect(bytesOf(begun.folder)).not.toEqual(bytesOf(runFolders(join(cwd, 'other'))[0]!));
  });

  it('a paused run that is interrupted saves itself', async () => {
    const again = await startUntil(cwd, 'stopped', 3, args);
    let visit = await visitRun(again.folder);
    while (visit === null) visit = await visitRun(again.folder);
    const state = await visit.command({ command: 'step', steps: 100 });
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(130);
    expect(state!.isPaused).toBe(true);
    expect((await cli(cwd, 'resume', again.folder)).code).toBe(0);
    expect(bytesOf(again.folder)).toEqual(bytesOf(runFolders(join(cwd, 'alone'))[0]!));
  });
});

describe('the place of the socket', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'as-'));
  });
  afterEach(() => void vi.unstubAllEnvs());
  const own = (): string => join(folder, `agent-state-${process.getuid!()}`);

  it('is a folder of this user alone', () => {
    vi.stubEnv('TMPDIR', folder);
    expect(liveAddress(thisProcess())).toBeNull();
    expect(liveAddress(thisProcess(), true)).toMatch(new RegExp(`^${own()}/${process.pid}-`));
    expect(statSync(own()).mode & 0o777).toBe(0o700);
    chmodSync(own(), 0o770); // others may come in, or have made it
    expect(liveAddress(thisProcess(), true)).toBeNull();
    chmodSync(own(), 0o700);
    expect(liveAddress(thisProcess())).not.toBeNull();
  });

  it('that nobody else can have made, or put there, or move away', () => {
    vi.stubEnv('TMPDIR', folder);
    const mine = liveAddress(thisProcess(), true);
    chmodSync(folder, 0o777); // whoever may write there may put another folder in its place
    expect(liveAddress(thisProcess(), true)).toBeNull();
    chmodSync(folder, 0o1777); // as /tmp
    expect(liveAddress(thisProcess(), true)).toBe(mine);
    chmodSync(folder, 0o700);
    rmSync(own(), { recursive: true });
    const elsewhere = mkdtempSync(join(folder, 'elsewhere-'));
    symlinkSync(elsewhere, own());
    expect(liveAddress(thisProcess(), true)).toBeNull();
    rmSync(own());
    put(folder, `agent-state-${process.getuid!()}`, 'a file');
    expect(liveAddress(thisProcess(), true)).toBeNull();
    rmSync(own());
    if (process.getuid!() === 0) {
      mkdirSync(own(), { mode: 0o700 });
      chownSync(own(), 65_534, 65_534); // another user was first
      expect(liveAddress(thisProcess(), true)).toBeNull();
      chownSync(own(), 0, 0);
      chownSync(folder, 65_534, 65_534); // its parent is another's
      expect(liveAddress(thisProcess(), true)).toBeNull();
      chownSync(folder, 0, 0);
    }
    expect(liveAddress(thisProcess(), true)).toBe(mine);
  });

  it('sockets of the dead are taken away, others stay', () => {
    vi.stubEnv('TMPDIR', folder);
    const me = thisProcess();
    const mine = liveAddress(me, true)!;
    const dead = liveAddress({ ...me, pid: 2 ** 30 })!;
    const elsewhere = liveAddress({ ...me, pid: 2 ** 30, space: 'elsewhere' })!;
    for (const path of [mine, dead, elsewhere]) put(own(), path.slice(own().length + 1), '');
    dropDead(mine, me);
    expect([mine, dead, elsewhere].map((path) => existsSync(path))).toEqual([true, false, true]);
  });

  it('a run that nobody is at has none', async () => {
    const { folder: kept } = keepRun(tempFolder());
    mkdirSync(own(), { recursive: true });
    expect(await visitRun(kept)).toBeNull();
  });
});
