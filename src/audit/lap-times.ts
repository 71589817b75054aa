import { median } from '../statistics/median.ts';
import type { Passive } from './passive.ts';

export interface LapTimes {
  /** Ends a lap. */
  lap(): void;
  /** Microseconds per step of each: the median of its laps, which neither cold code nor other programs disturb. */
  medians(): Record<string, number>;
}

export function lapTimes(estimators: Readonly<Record<string, Passive>>): LapTimes {
  const watched = Object.entries(estimators).map(([name, estimator]) => {
    return { name, estimator, laps: [] as number[], milliseconds: 0, steps: 0 };
  });
  return {
    lap() {
      for (const one of watched) {
        const { milliseconds, steps } = one.estimator;
        if (steps > one.steps) one.laps.push((1000 * (milliseconds - one.milliseconds)) / (steps - one.steps));
        one.milliseconds = milliseconds;
        one.steps = steps;
      }
    },
    medians: () => Object.fromEntries(watched.map(({ name, laps }) => [name, laps.length === 0 ? NaN : median(laps)])),
  };
}
