/** A study is a question that is answered by something else than the error of agents in environments. */

/** What is varied, flat: it names a measurement, and is a row of the table. */
export type StudySetting = Readonly<Record<string, string | number>>;

/** Numbers by name; one that is not finite has diverged. */
export type Measured = Readonly<Record<string, number>>;

/** A figure that somebody else, or an earlier program of ours, had for the same setting. */
export interface Expected {
  readonly for: StudySetting; // what the row shows, all of it
  readonly measure: string;
  readonly value: number;
  readonly error?: number; // its standard error, where it is known
  readonly runs?: number; // it is the mean of: where its error is not known, ours at so many stands for it
  readonly digits?: number; // decimals it was printed with: half a unit of the last one is no difference
  readonly kind: 'published' | 'noted'; // noted: our own, by another program
  readonly source: string;
}

/** Rows for the settings `where` says; settings that differ in `best` alone become one row, the lowest mean. */
export interface StudyTable {
  readonly title: string;
  readonly where?: (setting: StudySetting) => boolean;
  readonly best?: string;
  readonly measures?: readonly string[]; // the first one is what is best; all of them unless said
}

interface AnyFigure {
  readonly name: string; // of its files
  readonly title: string;
  readonly where?: (setting: StudySetting) => boolean;
  readonly measure: string;
  readonly x: string; // a key of the settings, with numbers
  readonly xTitle: string;
}

/**
 * One line per value of `by`, error bars of one standard error, and beside them what is expected at the same x; a setting
 * without an x is a dashed line across.
 */
export interface LinesFigure extends AnyFigure {
  readonly kind: 'lines';
  readonly by: string;
  readonly best?: string;
  readonly xScale?: 'linear' | 'log';
  readonly yScale?: 'linear' | 'log';
  readonly most?: number; // what is above is cut off
}

/** The mean over two axes, cells in which a seed diverged marked; one panel per value of `by`. */
export interface HeatMapFigure extends AnyFigure {
  readonly kind: 'heat-map';
  readonly y: string;
  readonly yTitle: string;
  readonly by?: string;
  readonly most?: number; // what is above has the colour of it
}

export type StudyFigure = LinesFigure | HeatMapFigure;

/** A question with a measure of its own: every setting is measured once per seed and becomes a row. */
export interface Study {
  readonly question: string;
  readonly title: string;
  readonly cite: string; // key in docs/references.bib
  readonly measures: Readonly<Record<string, string>>; // name -> what it is, for axes
  /** The settings to measure; `full` asks for the published size. */
  sweep(full: boolean): readonly StudySetting[];
  /** How many seeds each setting is measured with, 0 .. n - 1. */
  seeds(full: boolean): number;
  /** Pure: the same setting and seed give the same numbers, whatever was measured before. */
  measure(setting: StudySetting, seed: number): Measured | Promise<Measured>;
  readonly expected?: readonly Expected[];
  readonly tables?: readonly StudyTable[]; // one row per setting unless said
  readonly figures: readonly StudyFigure[];
}

/** A study as it is; the function is there for its types. */
export const defineStudy = (study: Study): Study => study;

export const isStudy = (experiment: unknown): experiment is Study =>
  typeof experiment === 'object' && experiment !== null && 'measure' in experiment;
