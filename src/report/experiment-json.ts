/** All numbers of a report on runs. */
import type { Comparison } from './compare.ts';
import { countRuns } from './counts.ts';
import type { MethodRow } from './method-row.ts';
import type { Made } from './provenance-blocks.ts';
import type { ExperimentRuns } from './read-runs.ts';
import { finite, finiteInterval } from './show.ts';

export interface JsonNeeds {
  readonly name: string;
  readonly question: string;
  readonly score: Readonly<Record<string, number | null>>;
  readonly rows: readonly MethodRow[];
  readonly comparisons: readonly Comparison[];
  readonly made: Made;
  readonly all: ExperimentRuns;
}

/** The documented fields of `report --json`. */
export function experimentJson({ name, question, score, rows, comparisons, made, all }: JsonNeeds): object {
  return {
    experiment: name,
    question,
    score,
    methods: rows.map(plain),
    comparisons: comparisons.map(({ improvement, p, corrected, ...words }) => ({
      ...words,
      probability: finite(improvement.probability),
      interval: finiteInterval(improvement),
      p: finite(p),
      corrected: finite(corrected),
    })),
    runs: countRuns(all.settings),
    missing: all.settings
      .filter(({ missing }) => missing.length > 0)
      .map(({ hash, missing }) => ({ setting: hash, seeds: missing })),
    unreadable: all.unreadable,
    made,
  };
}

function plain({ method, metric, choice, chosen, ...row }: MethodRow) {
  const { tolerance } = row;
  const selection = choice && {
    setting: choice.setting.hash,
    chosen,
    how: choice.how,
    candidates: choice.candidates,
    best: choice.best.hash,
    tuningSeeds: choice.tuning.map(({ run }) => run.seed),
    tuningMean: finite(row.tuningMean),
    seeds: choice.reported.map(({ run }) => run.seed),
  };
  return {
    method: method.name,
    task: method.task,
    metric: metric.name,
    lowerIsBetter: metric.lower,
    tuned: method.tuned,
    settings: method.settings.map(({ hash }) => hash),
    selection,
    values: row.values.map(finite), // null: it diverged
    mean: finite(row.mean),
    bootstrap: finiteInterval(row.bootstrap),
    t: finiteInterval(row.t),
    iqm: finite(row.iqm),
    tolerance: { ...finiteInterval(tolerance), confidence: finite(tolerance.confidence), needs: tolerance.needs },
    explained: finite(row.explained),
    success: finite(row.success),
    excess: finite(row.excess),
    solved: finite(row.solved),
    usPerStep: finite(row.usPerStep),
    parameters: finite(row.parameters),
    macsPerStep: finite(row.macsPerStep),
    counts: row.counts,
    diverged: row.diverged,
  };
}
