/** What @rl-tools/envs is in a browser, after the build. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as here from '../../envs/index.ts';
import * as there from '../../envs/dist/browser.js';
import { left, tasks } from '../../envs/dist/browser/task-index.js';

it('every task is in the index, or left out for what it needs', () => {
  const files = readdirSync('envs/tasks').map((file) => file.slice(0, -'.ts'.length));
  expect([...Object.keys(tasks), ...Object.keys(left)].sort()).toEqual(files.sort());
  expect(left).toEqual({ pomdp: "Node's fs", recorded: "Node's fs", text: "Node's fs" });
});

it('names mean what they mean in Node, and those that need a machine are missing', () => {
  expect(Object.keys(there).filter((name) => !(name in here))).toEqual([]);
  for (const name of ['PythonEnv', 'recordEnv', 'AsyncVectorEnv', 'loadPomdp']) expect(name in there, name).toBe(false);
  expect(Object.keys(there)).toContain('makeEnv');
});

it('tasks and aliases are made by id; what is not there is said in one line', async () => {
  expect((await there.makeEnv('cycle-world', { states: 3 })).metadata.id).toBe('cycle-world');
  expect((await there.makeEnv('CartPole-v1')).metadata.id).toBe('cart-pole');
  await expect(there.makeEnv('cycle-word')).rejects.toThrow('did you mean "cycle-world"?');
  await expect(there.makeEnv('text')).rejects.toThrow(
    'Cannot load environment "text" in a browser: it needs Node\'s fs',
  );
  await expect(there.makeEnv('python/CartPole-v1')).rejects.toThrow('it needs Python');
});
