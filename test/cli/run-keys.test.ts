/** Keys that steer runs; a keyboard that is none, or somebody else's, is left alone. */
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import type { Command } from '../../src/run/control.ts';
import { HELP, isForeground, steerByKeys } from '../../src/cli/run-keys.ts';

vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  readFileSync: () => `1 (a b) S 2 ${group} 4 5 7 8`,
}));
let group = 7; // the terminal listens to 7

function board(isTTY = true) {
  const keys = Object.assign(new EventEmitter(), {
    isTTY,
    raw: false,
    setRawMode: (raw: boolean) => (keys.raw = raw),
    resume() {},
    pause() {},
  });
  const said: string[] = [];
  const did: string[] = [];
  const steer = ({ command }: Command): void => void did.push(command);
  const giveBack = steerByKeys(steer, { keys, say: (line) => said.push(line), signal: (name) => did.push(name) });
  return { keys, said, did, giveBack, type: (text: string) => keys.emit('data', Buffer.from(text)) };
}

it('space pauses and goes on, s and c step and stay paused, k saves, others do nothing', () => {
  const { said, did, type } = board();
  type(' ');
  type('sCk x\n');
  type('c ');
  expect(did).toEqual(['pause', 'step', 'chunk', 'checkpoint', 'resume', 'chunk', 'resume']);
  expect(said).toEqual([HELP, 'paused', 'checkpoint asked for', 'goes on', 'paused', 'goes on']);
});

it('Ctrl-C and Ctrl-Z are what they were', () => {
  const { keys, did, type } = board();
  type('\u0003');
  expect([did, keys.raw]).toEqual([['SIGINT'], true]);
  type('\u001a');
  expect([did, keys.raw]).toEqual([['SIGINT', 'SIGTSTP'], false]);
  process.emit('SIGCONT');
  expect(keys.raw).toBe(true);
});

it('the keyboard is given back', () => {
  const { keys, did, giveBack, type } = board();
  expect(keys.raw).toBe(true);
  giveBack();
  type(' ');
  expect([keys.raw, did, keys.listenerCount('data')]).toEqual([false, [], 0]);
});

it('no keys from a pipe, nor from the background, where taking them would stop the program', () => {
  expect(board(false).said).toEqual([]);
  group = 6;
  expect(isForeground()).toBe(false);
  const { keys, said } = board();
  expect([keys.raw, said]).toEqual([false, []]);
});
