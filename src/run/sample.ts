/**
 * What a trained agent says: classes drawn from its predictions and shown to it as the next observation, one by one. It
 * learns nothing meanwhile. For environments that show the latest class as one-hot.
 */
import { type AnyEnv, createRng, type Rng } from '@rl-tools/envs';
import { createStepChunk } from '../chunk.ts';
import { createReportChunk } from '../report-chunk.ts';
import { openRunFolder } from '../results/run-folder.ts';
import { readRunRecord } from '../results/run-record.ts';
import { UserError } from '../user-error.ts';
import type { Prepared } from './prepare.ts';
import { prepareRun } from './prepare-run.ts';
import { settingOfRecord } from './result-of-record.ts';
import { checkpointPath } from './run-one.ts';

export interface SampleOptions {
  readonly length: number; // classes to draw
  readonly prompt: string | null; // what is shown first; null: what an episode opens with
  readonly temperature: number; // t: drawn from p^(1/t)
  readonly seed: string | number;
}

export interface Sampled {
  readonly prompt: string;
  readonly text: string; // what was drawn
}

/** `path`: the folder of a run, whose latest checkpoint is asked. */
export async function sampleRun(path: string, options: SampleOptions): Promise<Sampled> {
  const folder = openRunFolder(path);
  const setting = settingOfRecord(readRunRecord(folder.record));
  if (setting.target !== 'bits') throw refuse(path, 'its agent tells no classes; take a run with head softmax');
  const load = checkpointPath(folder);
  const run = await prepareRun({ ...setting, load, learn: false }, options.seed, () => undefined);
  try {
    const { classes } = run.env.metadata;
    if (classes === undefined || run.interaction.inputSize !== classes.length) {
      throw refuse(path, `${run.env.metadata.id} does not show classes as one-hot, and nothing else`);
    }
    return say(run, classes, options);
  } finally {
    run.close();
  }
}

function say({ env, learner, lanes }: Prepared, classes: readonly string[], options: SampleOptions): Sampled {
  const shown = options.prompt === null ? opening(env, options.seed) : codesOf(options.prompt, classes);
  const rng = createRng(`${options.seed}/sample`);
  const tell = listener(learner, lanes, classes.length);
  const drawn: number[] = [];
  let probabilities = tell(shown[0]!, true);
  for (const code of shown.slice(1)) probabilities = tell(code, false);
  for (let i = 0; i < options.length; i++) {
    const code = draw(probabilities, options.temperature, rng);
    drawn.push(code);
    probabilities = tell(code, false);
  }
  return { prompt: textOf(shown, classes), text: textOf(drawn, classes) };
}

/** Shows the learner a class, in every lane; gives back what it puts on the one that comes next [K]. */
function listener(
  learner: Prepared['learner'],
  lanes: number,
  K: number,
): (code: number, start: boolean) => Float64Array {
  const chunk = createStepChunk(lanes, K, K, true); // its targets stay 0, its values NaN: nothing is asked
  const report = createReportChunk(chunk);
  const first = report.prediction.subarray(0, K);
  chunk.length = lanes;
  return (code, start) => {
    chunk.observation.fill(0);
    for (let b = 0; b < lanes; b++) chunk.observation[b * K + code] = 1;
    chunk.start.fill(start ? 1 : 0);
    learner.run(chunk, report);
    return first;
  };
}

function draw(probabilities: Float64Array, temperature: number, rng: Rng): number {
  const top = Math.max(...probabilities);
  const weights = probabilities.map((p) => Math.pow(p / top, 1 / temperature));
  let left = rng.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let k = 0; k < weights.length; k++) if ((left -= weights[k]!) < 0) return k;
  return weights.indexOf(1); // rounding left none
}

function opening(env: AnyEnv, seed: string | number): number[] {
  const out = {
    observation: new Float64Array(env.observationSpace.size),
    reward: 0,
    terminated: false,
    truncated: false,
  };
  env.resetInto(out, { seed: createRng(`${seed}/env`).integer(0, 2 ** 31 - 1) });
  return [out.observation.indexOf(Math.max(...out.observation))];
}

/** Classes are characters, or words in a row with blanks between them. */
const isText = (classes: readonly string[]): boolean => classes.every((name) => [...name].length === 1);

const textOf = (codes: readonly number[], classes: readonly string[]): string =>
  codes.map((code) => classes[code]!).join(isText(classes) ? '' : ' ');

function codesOf(prompt: string, classes: readonly string[]): number[] {
  const names = isText(classes) ? [...prompt] : prompt.split(' ').filter((name) => name !== '');
  if (names.length === 0) throw new UserError('Cannot use an empty --prompt: leave it out, or write something');
  const other = classes.indexOf('\uFFFD'); // for all that is not in an alphabet
  return names.map((name) => {
    const code = classes.indexOf(name);
    if (code >= 0) return code;
    if (other >= 0) return other;
    throw new UserError(`Cannot use --prompt: ${JSON.stringify(name)} is none of ${classes.join(' ')}`);
  });
}

const refuse = (path: string, why: string): UserError => new UserError(`Cannot sample ${path}: ${why}`);
