/** The command line on environments in Python: agent-state run --env python/... */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { hasAtari, hasGymnasium } from './pythons.ts';

const cli = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'python-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function agentState(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
}
const run = ['run', '--env', 'python/CartPole-v1', '--agent', 'columnar-td', '--steps', '400', '--json'];

describe.skipIf(!existsSync(cli))('agent-state run --env python/CartPole-v1', () => {
  test.skipIf(!hasGymnasium)('learns, the same twice, and asks for a discount', () => {
    const [a, b] = ['a', 'b'].map((results) => agentState(...run, '--discount', '0.9', '--results', results));
    expect(a!.status, a!.stderr).toBe(0);
    const [first, second] = [a!, b!].map(
      ({ stdout }) => (JSON.parse(stdout) as { status: string; msre: number }[])[0]!,
    );
    expect(first).toMatchObject({ status: 'done', msre: second!.msre });
    const without = agentState(...run);
    expect(without.status).not.toBe(0);
    expect(without.stderr + without.stdout).toContain('it names no discount; pass --discount');
  });

  test('says in one line that there is no such Python', () => {
    const { status, stderr } = agentState(...run, '--discount', '0.9', '--set', 'env.python="no-such-python"');
    expect(status).not.toBe(0);
    expect(stderr).toContain('Cannot start python/CartPole-v1: there is no program "no-such-python"');
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });
});

/** The README's lines on environments in Python, as their words. */
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const lines = [...readme.matchAll(/^npx agent-state (.* python\/.*)$/gm)].map(([, line]) => {
  return [...line!.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
});

describe.skipIf(!existsSync(cli))('README', () => {
  test('shows cart-pole and a game of Atari', () => {
    const text = lines.map((words) => words.join(' ')).join('; ');
    expect(text).toMatch(/run --env python\/CartPole-v1 .*run --env python\/ALE\//);
  });

  test.skipIf(!hasAtari).each(lines)('agent-state %s %s %s works', (...words) => {
    const short = words.map((word, i) => (words[i - 1] === '--steps' ? '600' : word));
    const { status, stdout, stderr } = agentState(...short);
    expect(status, stderr + stdout).toBe(0);
    expect(stdout).toMatch(/columnar-td|keeps|ok/);
  });
});
