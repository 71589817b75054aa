/** agent-state sample <folder>: what an agent that was trained to tell classes says by itself. */
import { sampleRun } from '../run/sample.ts';
import { UserError } from '../user-error.ts';
import { positiveNumber, wholeNumber } from './numbers.ts';
import { printJson } from './print-json.ts';

interface Options {
  readonly length: string;
  readonly prompt?: string;
  readonly temperature: string;
  readonly seed: string;
  readonly json?: boolean;
}

export async function sampleCommand(folder: string, options: Options): Promise<void> {
  const sampled = await sampleRun(folder, {
    length: wholeNumber('--length', options.length),
    prompt: options.prompt ?? null,
    temperature: positiveNumber('--temperature', options.temperature),
    seed: seedOf(options.seed),
  });
  if (options.json) return printJson(sampled);
  console.log(sampled.prompt + sampled.text);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new UserError(`Cannot use --seed ${text}: it must be a whole number from 0 on`);
}
