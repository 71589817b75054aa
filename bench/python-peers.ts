/**
 * The peers in PyTorch and JAX: one process each, which imports its library once and then waits for a line before every
 * task, so that ours can be timed just before and just after. Absent where Python or the package is.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Effort } from './effort.ts';
import type { RatioName } from './entry.ts';
import { looking, type Peer, type Task } from './peer.ts';
import { parseFigure } from './peer-lines.ts';
import { progress } from './progress.ts';

/** `peers` holds peers.py. The process does the tasks in their order; `measure` answers null for any other. */
export function pythonPeer(peers: string, name: RatioName, tasks: readonly Task[], effort: Effort): Peer {
  const python = process.env['PEERS_PYTHON'] ?? 'python3';
  const list = (key: keyof Task): string => tasks.map((task) => task[key]).join();
  const sizes = ['--columns', list('columns'), '--inputs', list('inputs'), '--rules', list('rule')];
  const options = [join(peers, 'peers.py'), '--paced', '--peers', name, ...sizes, ...looking(effort)];
  const child = spawn(python, options, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.on('error', ({ message }) => progress(`${name} is left out: ${message}`));
  child.stdin.on('error', () => undefined); // the process went away: `measure` answers null
  createInterface(child.stderr).on('line', (line) => {
    if (line.includes('is left out')) progress(line); // other lines are warnings of the libraries
  });
  const answers = createInterface(child.stdout);
  const lines = answers[Symbol.asyncIterator]();
  let at = 0;
  return {
    name,
    async measure({ columns, inputs, rule }) {
      const task = tasks[at];
      if (task?.columns !== columns || task.inputs !== inputs || task.rule !== rule) return null;
      child.stdin.write('\n');
      const { value, done } = await lines.next();
      at = done === true ? tasks.length : at + 1;
      return done === true ? null : parseFigure(value, task);
    },
    close() {
      child.stdin.end();
      answers.close();
    },
  };
}
