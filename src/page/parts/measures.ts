/** What people call the columns of a run's files: the title of a chart, and the words at its axis, with the unit. */
export interface Measure {
  readonly title: string;
  readonly axis: string;
}

const KNOWN: Readonly<Record<string, Measure>> = {
  msre: { title: 'Prediction error', axis: 'mean squared error' },
  bits: { title: 'Bits per prediction', axis: 'bits' },
  excess: { title: 'Bits above what is possible', axis: 'bits' },
  return: { title: 'Return of an episode', axis: 'mean return' },
  success: { title: 'Episodes that reach the goal', axis: 'share of episodes' },
  episodes: { title: 'Episodes that ended, row by row', axis: 'episodes' },
  tokens: { title: 'Steps of all lanes', axis: 'steps' },
  level: { title: 'Level of the curriculum', axis: 'level' },
  solved: { title: 'Sequences solved', axis: 'sequences' },
  nsPerStep: { title: 'CPU time per step, so far', axis: 'ns per step' },
};

export const measureOf = (name: string): Measure => KNOWN[name] ?? { title: name, axis: name };

const FIGURES: Readonly<Record<string, string>> = {
  return: 'mean squared error',
  value: 'mean squared error',
  episodes: 'mean return of an episode',
  bits: 'bits per prediction',
};

/** The one number that a run with this target ends with. */
export const figureName = (target: unknown): string =>
  (typeof target === 'string' && Object.hasOwn(FIGURES, target) && FIGURES[target]) || 'figure';

/** Of settings with these targets; a common word where they are not about the same. */
export function commonFigure(targets: readonly string[]): string {
  const names = new Set(targets.map(figureName));
  return names.size === 1 ? [...names][0]! : 'figure';
}
