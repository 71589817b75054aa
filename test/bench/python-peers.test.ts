import { afterEach, describe, expect, it, vi } from 'vitest';
import { QUICK } from '../../bench/effort.ts';
import type { Peer, Task } from '../../bench/peer.ts';
import { pythonPeer } from '../../bench/python-peers.ts';
import { put, tempFolder } from '../support/temp.ts';

const TASKS: readonly Task[] = [
  { columns: 16, inputs: 8, rule: 'td-lambda' },
  { columns: 64, inputs: 32, rule: 'rmsprop' },
];

/** In JavaScript, in the place of peers.py: answers the first `count` tasks, each when it is asked, and ends. */
const stand = (count: number): string => `
  const value = (name) => process.argv[process.argv.indexOf(name) + 1].split(',');
  const [columns, inputs, rules] = ['--columns', '--inputs', '--rules'].map(value);
  let asked = 0;
  require('node:readline').createInterface(process.stdin).on('line', () => {
    if (asked === ${count}) process.exit();
    const name = 'lstm-columns/columnar/' + rules[asked];
    const size = columns[asked] + 'x' + inputs[asked];
    asked++;
    console.log(JSON.stringify({ name, size, nsPerStep: 100 * asked }));
  });`;

let peer: Peer | undefined;
afterEach(() => {
  peer?.close();
  vi.unstubAllEnvs();
});

function start(count: number): Peer {
  const folder = tempFolder();
  put(folder, 'peers.py', stand(count));
  vi.stubEnv('PEERS_PYTHON', process.execPath);
  return (peer = pythonPeer(folder, 'jax', TASKS, QUICK));
}

describe('a peer that waits for its turn', () => {
  it('does its tasks in their order, and no other', async () => {
    const { measure } = start(2);
    expect(await measure(TASKS[0]!)).toBe(100);
    expect(await measure({ ...TASKS[1]!, inputs: 20 })).toBeNull();
    expect(await measure(TASKS[1]!)).toBe(200);
    expect(await measure(TASKS[1]!)).toBeNull();
  });

  it('is absent from where it ended', async () => {
    const { measure } = start(1);
    expect(await measure(TASKS[0]!)).toBe(100);
    expect(await measure(TASKS[1]!)).toBeNull();
    expect(await measure(TASKS[1]!)).toBeNull();
  });

  it('is absent where there is no Python', async () => {
    vi.stubEnv('PEERS_PYTHON', '/nowhere/python');
    peer = pythonPeer(tempFolder(), 'jax', TASKS, QUICK);
    expect(await peer.measure(TASKS[0]!)).toBeNull();
  });
});
