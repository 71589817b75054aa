/** An experiment as a JSON file: { question, sweep, seeds }, the sweep in the language of docs/sweeps.md. */
import { z } from 'zod';
import { parseOptions } from '../options.ts';
import { defineExperiment, type Experiment } from './experiment.ts';
import { sweepOver, type SweepSpec } from './sweep/sweep-over.ts';

const tree = z.record(z.string(), z.unknown());
const sweep = z.union([tree, z.array(tree)], 'expected an object of settings, or a list of them');
const seeds = z.number().int().min(1);
const random = z.strictObject({ count: z.number().int().min(1), seed: z.union([z.number(), z.string()]) });

const schema = z.strictObject({
  question: z.string().min(1),
  title: z.string().min(1).optional(), // of the picture; the question
  sweep,
  random: random.optional(), // so many of all combinations instead of all
  seeds,
  full: z
    .strictObject({ sweep: sweep.optional(), random: random.nullable().optional(), seeds: seeds.optional() })
    .optional(),
});

/** `path` is the file, for whoever wrote it. */
export function experimentOfJson(value: unknown, path: string): Experiment {
  const { full: larger = {}, ...usual } = parseOptions(schema, value, `use ${path} as an experiment`);
  return defineExperiment({
    question: usual.question,
    title: usual.title ?? usual.question,
    sweep(full) {
      const spec = (full && larger.sweep) || usual.sweep;
      const drawn = full && larger.random !== undefined ? larger.random : usual.random;
      return sweepOver(spec as SweepSpec, { random: drawn ?? null });
    },
    seeds: (full) => (full && larger.seeds) || usual.seeds,
  });
}
