import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { printPart } from '../../src/cli/part-outcome.ts';
import type { Outcome } from '../../src/run/pool.ts';

const outcome = (status: string, error: string | null = null) => ({ job: {}, result: { status, error } }) as Outcome;
const OUTCOMES = [
  outcome('done'),
  outcome('failed', 'Cannot do it'),
  outcome('done'),
  outcome('failed', 'Cannot do it'),
];

let said: unknown[];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation((line) => void said.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it('a part of a sweep is told in numbers, and each reason for a failure once', () => {
  printPart(OUTCOMES, false, false);
  expect(said).toEqual(['2 done, 2 failed', 'agent-state: Cannot do it']);
  expect(process.exitCode).toBe(2);
});

it('one that was cut short says so even where a run failed: it is to be started again', () => {
  printPart(OUTCOMES, true, false);
  expect(process.exitCode).toBe(130);
});

it('one that is through has no exit code of its own', () => {
  printPart([outcome('done'), outcome('diverged')], false, false);
  expect(process.exitCode).toBeUndefined();
});
