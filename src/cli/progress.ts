/**
 * Progress of many runs: one line that moves on a terminal, with speed, time left and each agent's latest error;
 * elsewhere a plain line per finished run, and one every ten seconds on the run that was heard of last.
 */
import { figureFor, figureOfScores } from '../run/figure.ts';
import type { RunResult } from '../run/result.ts';
import type { RunJob } from '../run/run-job.ts';

export interface Progress {
  onStep(job: RunJob, step: number, figure: number | null): void;
  onResult(job: RunJob, result: RunResult): void;
  /** A line of its own, on a terminal. */
  say(line: string): void;
  end(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const REDRAW = 200; // milliseconds between two pictures of the moving line
const REPEAT = 10_000; // milliseconds between two plain lines

export function createProgress(jobs: readonly RunJob[], out: Terminal, quiet: boolean): Progress {
  const began = performance.now();
  const steps = new Map<RunJob, number>();
  const total = jobs.reduce((sum, { setting }) => sum + setting.steps, 0);
  let ended = 0;
  let drawn = 0;
  let said = -Infinity;
  const errors = new Map<string, number>(); // latest, per agent
  const draw = (): void => {
    const now = performance.now();
    if (quiet || !out.isTTY || now - drawn < REDRAW) return;
    drawn = now;
    const lived = [...steps.values()].reduce((sum, step) => sum + step, 0);
    const seconds = (now - began) / 1000;
    const left = (seconds * (total - lived)) / Math.max(1, lived);
    const speed = `${thousands(lived / seconds)} steps/s  ${clock(left)} left`;
    const line = `${ended}/${jobs.length} runs  ${speed}${latest(errors)}`;
    out.write(`\r\x1b[K${line.slice(0, (out.columns ?? 80) - 1)}`); // a line that wraps could not be taken back
  };
  const say = (job: RunJob, step: number, figure: number | null): void => {
    const now = performance.now();
    if (quiet || out.isTTY || figure === null || now - said < REPEAT) return;
    said = now;
    const { setting, seed } = job;
    const who = `${nameOf(job)} seed ${seed}`;
    out.write(
      `${ended}/${jobs.length} ${who}: step ${step}, ${figureFor(setting.target).short} ${figure.toPrecision(3)}\n`,
    );
  };
  return {
    onStep(job, step, figure) {
      steps.set(job, step);
      if (figure !== null) errors.set(nameOf(job), figure);
      draw();
      say(job, step, figure);
    },
    onResult(job, result) {
      ended++;
      // A run that ended early no longer counts as time left.
      steps.set(job, job.setting.steps);
      if (quiet || result.status === 'failed') return; // what went wrong is said once, at the end
      if (out.isTTY) draw();
      else out.write(`${ended}/${jobs.length} ${describe(job, result)}\n`);
    },
    say(line) {
      if (!quiet && out.isTTY) out.write(`\r\x1b[K${line}\n`);
    },
    end() {
      if (!quiet && out.isTTY) out.write('\r\x1b[K');
    },
  };
}

function describe(job: RunJob, result: RunResult): string {
  const { seed, status, steps, success = null } = result;
  const share = success === null ? '' : `, success ${(100 * success).toFixed(1)} %`;
  const { target } = job.setting;
  const figure = figureOfScores(target, result);
  const score = figure === null ? '' : `, ${figureFor(target).short} ${figure.toPrecision(3)}${share}`;
  return `${nameOf(job)} seed ${seed}: ${status} after ${steps} steps${score}`;
}

const nameOf = ({ label, setting }: RunJob): string => label ?? setting.agent.id;

/** What is learned so far, agent by agent. */
function latest(errors: ReadonlyMap<string, number>): string {
  return [...errors].map(([agent, error]) => `  ${agent} ${error.toPrecision(2)}`).join('');
}

const thousands = (n: number): string => (n >= 1000 ? `${Math.round(n / 1000)}k` : String(Math.round(n)));

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
