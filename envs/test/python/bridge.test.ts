/** bridge.py by itself, spoken to in its own tongue. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ACTION_AT, PROTOCOL, Reply, Requests } from '../../python/protocol.ts';
import { fake, hasPython } from './pythons.ts';

const python = process.env['ENVS_PYTHON'] ?? 'python3';
const bridge = fileURLToPath(new URL('../../python/bridge.py', import.meta.url));
const limits = { timeout: 9, startTimeout: 20 };
const config = { protocol: PROTOCOL, id: 'print', kwargs: {}, modules: [], wrappers: [], ...limits, info: true, fake };

/** Everything it writes to stdout when its whole stdin is this. */
function talk(first: object, ...frames: Uint8Array[]): { line: Record<string, unknown>; rest: Buffer; stderr: string } {
  const input = Buffer.concat([Buffer.from(`${JSON.stringify(first)}\n`), ...frames]);
  const { stdout, stderr, status } = spawnSync(python, ['-u', bridge, '0', '1', '-1'], { input, timeout: 20_000 });
  expect(status).toBe(0);
  const end = stdout.indexOf('\n');
  return {
    line: JSON.parse(stdout.subarray(0, end).toString()) as Record<string, unknown>,
    rest: stdout.subarray(end + 1),
    stderr: stderr.toString(),
  };
}

describe.skipIf(!hasPython)('bridge.py', () => {
  test('says what it made, and ends where its input does', () => {
    const { line, rest } = talk(config);
    const [action, observation] = [
      { kind: 'discrete', n: 3 },
      { kind: 'box', shape: [3] },
    ];
    expect(line).toMatchObject({ protocol: PROTOCOL, action: { space: action }, observation: { space: observation } });
    expect(rest.length).toBe(0);
  });

  test('refuses another protocol, and a file that is not there, in its first line', () => {
    expect(talk({ ...config, protocol: 99 }).line['error']).toMatchObject({
      code: 'version',
      message: `this bridge.py speaks protocol ${PROTOCOL}, the package 99`,
    });
    expect(talk({ ...config, fake: 'no-such.py' }).line['error']).toMatchObject({ code: 'make' });
  });

  test('answers many requests sent at once, in order, with nothing printed in between', () => {
    const requests = new Requests(8);
    new Float64Array(requests.memory, ACTION_AT)[0] = 1;
    const reset = requests.json('reset', { seed: 2, options: null });
    const frames = [reset, requests.step().slice(), requests.step().slice(), requests.json('echo', null)];
    const { rest, stderr } = talk(config, ...frames);
    const reply = new Reply(24);
    let at = 0;
    for (const [i, op] of (['reset', 'step', 'step', 'echo'] as const).entries()) {
      reply.expect(op);
      while (reply.received < reply.needed()) reply.bytes[reply.received++] = rest[at++]!;
      expect([reply.seq, reply.failed]).toEqual([i + 1, false]);
      if (op === 'step') expect([...reply.numbers('float64', 3), reply.reward]).toEqual([i, 1, 2, 0.5]);
    }
    expect(at).toBe(rest.length);
    expect(stderr).toContain('hello from C');
  });

  test('the layout of a request and of a reply is the one on paper', () => {
    const requests = new Requests(8);
    new Float32Array(requests.memory, ACTION_AT).set([0.5, -2]);
    requests.step();
    expect([...requests.step()]).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 63, 0, 0, 0, 192]);
    expect([...requests.json('reset', [1])]).toEqual([2, 3, 0, 0, 0, 3, 0, 0, 0, 91, 49, 93]);
    const reply = new Reply(2);
    reply.expect('step');
    expect(reply.needed()).toBe(18);
    reply.bytes.set([0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 248, 63, 2, 2, 0, 0, 0, 8, 9, 91, 93]);
    reply.received = 22;
    expect(reply.needed()).toBe(22);
    expect([reply.seq, reply.reward, reply.terminated, reply.truncated]).toEqual([7, 1.5, false, true]);
    expect([[...reply.numbers('uint8', 2)], reply.json()]).toEqual([[8, 9], []]);
    reply.bytes[0] = 1; // an error carries no observation
    expect(reply.needed()).toBe(20);
  });

  test('a reply that outgrows its memory keeps what has come', () => {
    const reply = new Reply(8);
    reply.expect('step');
    reply.bytes.set([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0]); // 65536 bytes of JSON
    reply.received = 18;
    expect([reply.needed(), reply.bytes.length, reply.seq, reply.terminated]).toEqual([65562, 65562, 1, true]);
  });
});

test('the package carries bridge.py and its parts', () => {
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd, encoding: 'utf8' });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const scripts = files.map(({ path }) => path).filter((path) => path.endsWith('.py'));
  const here = readdirSync(`${cwd}python`).filter((file) => file.endsWith('.py'));
  expect(here).toContain('bridge.py');
  expect(scripts.sort()).toEqual(here.map((file) => `python/${file}`).sort());
});
