/** When each step of a run was lived: its start, and what timing.jsonl tells at every checkpoint, straight lines between. */
import type { MetricsRow } from '../results/metrics-file.ts';

interface Point {
  readonly step: number;
  readonly seconds: number; // since the run began
}

/** Seconds since 1970 by step. Time that passed between an interruption and its resumption is left out. */
export function wallClock(startedAt: string, timing: readonly MetricsRow[]): (step: number) => number {
  const from = Date.parse(startedAt) / 1000;
  const points = pointsOf(timing);
  return (step) => from + secondsAt(points, step);
}

/** A resumed run counts its seconds from its resumption. */
function pointsOf(timing: readonly MetricsRow[]): Point[] {
  const points: Point[] = [{ step: 0, seconds: 0 }];
  let [before, latest] = [0, 0];
  for (const { step, seconds } of timing) {
    if (typeof seconds !== 'number' || step <= points.at(-1)!.step) continue;
    if (seconds < latest) before = points.at(-1)!.seconds;
    latest = seconds;
    points.push({ step, seconds: before + seconds });
  }
  return points;
}

/** After the last point at its pace; without any all at once. */
function secondsAt(points: readonly Point[], step: number): number {
  const next = points.findIndex((point) => point.step >= step);
  if (next === 0) return 0;
  const b = points[next] ?? points.at(-1)!;
  const a = points[points.indexOf(b) - 1];
  if (a === undefined) return 0;
  return a.seconds + ((step - a.step) / (b.step - a.step)) * (b.seconds - a.seconds);
}
