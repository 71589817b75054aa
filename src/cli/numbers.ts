import { UserError } from '../user-error.ts';

const MOST = 100_000; // seeds of one command

/** `10` -> seeds 0..9; `3,5,7` and `100-104` name them. */
export function parseSeeds(text: string): number[] {
  if (/^\d+$/.test(text)) return count(0, wholeNumber('--seeds', text) - 1);
  const seeds = text
    .replace(/,$/, '')
    .split(',')
    .flatMap((item) => {
      const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(item) ?? [];
      if (first === undefined) throw new UserError(`Cannot use --seeds ${text}: write 10, 3,5,7 or 100-104`);
      if (!Number.isSafeInteger(Number(last ?? first))) throw new UserError(`Cannot use --seeds ${text}: too large`);
      return count(Number(first), Number(last ?? first));
    });
  if (seeds.length === 0) throw new UserError(`Cannot use --seeds ${text}: no seed is named`);
  return [...new Set(seeds)];
}

export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new UserError(`Cannot use ${option} ${text}: it must be a positive whole number`);
  }
  return value;
}

export function realNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UserError(`Cannot use ${option} ${text}: it must be a number`);
  return value;
}

export function positiveNumber(option: string, text: string): number {
  const value = realNumber(option, text);
  if (value <= 0) throw new UserError(`Cannot use ${option} ${text}: it must be above 0`);
  return value;
}

function count(first: number, last: number): number[] {
  const length = last - first + 1;
  if (length > MOST) throw new UserError(`Cannot use --seeds: ${length} are too many, the most is ${MOST}`);
  return Array.from({ length: Math.max(0, length) }, (_, i) => first + i);
}
