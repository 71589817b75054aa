/** The last steps of a run that tells classes: which came, what was put on it, which was held likeliest, and how surely. */
import type { ClassTrace } from '../results/trace-file.ts';

export interface ClassSteps {
  /** `came` is NaN where nothing was asked. */
  push(probabilities: Float64Array, came: number): void;
  trace(): ClassTrace;
}

export function classTrace(saved?: ClassTrace): ClassSteps {
  const kept: ClassTrace = {
    came: [...(saved?.came ?? [])],
    probability: [...(saved?.probability ?? [])],
    likeliest: [...(saved?.likeliest ?? [])],
    entropy: [...(saved?.entropy ?? [])],
  };
  return {
    push(probabilities, came) {
      const wasAsked = !Number.isNaN(came);
      kept.came.push(wasAsked ? came : null);
      kept.probability.push(wasAsked ? finite(probabilities[came]!) : null);
      kept.likeliest.push(probabilities.reduce((best, p, k) => (p > probabilities[best]! ? k : best), 0));
      kept.entropy.push(finite(probabilities.reduce((bits, p) => (p > 0 ? bits - p * Math.log2(p) : bits), 0)));
    },
    trace: () => ({
      came: [...kept.came],
      probability: [...kept.probability],
      likeliest: [...kept.likeliest],
      entropy: [...kept.entropy],
    }),
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
