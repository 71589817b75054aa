import { UserError } from '../user-error.ts';
import type { Limits } from '../run/worker-process.ts';

export interface LimitFlags {
  readonly timeLimit?: string;
  readonly memoryLimit?: string;
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const MEBIBYTES = { M: 1, MiB: 1, G: 1024, GiB: 1024 } as const;

/** What one run may take. */
export function limitsOf({ timeLimit, memoryLimit }: LimitFlags): Limits {
  return {
    ...(timeLimit === undefined ? {} : { seconds: duration('--time-limit', timeLimit) }),
    ...(memoryLimit === undefined ? {} : { mebibytes: size(memoryLimit) }),
  };
}

/** `90`, `90s`, `10m`, `1.5h`, `2d`, `0:01:30` -> seconds. */
export function duration(option: string, text: string): number {
  const clock = /^(\d+):(\d\d):(\d\d)$/.exec(text);
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text) ?? [];
  const seconds = clock
    ? 3600 * Number(clock[1]) + 60 * Number(clock[2]) + Number(clock[3])
    : Number(amount ?? NaN) * SECONDS[unit as keyof typeof SECONDS];
  if (!(seconds > 0)) throw new UserError(`Cannot use ${option} ${text}: write 90, 90s, 10m, 1.5h, 2d or 1:30:00`);
  return seconds;
}

function size(text: string): number {
  const [, amount, unit = 'M'] = /^(\d+(?:\.\d+)?)(M|MiB|G|GiB)?$/.exec(text) ?? [];
  const mebibytes = Number(amount ?? NaN) * MEBIBYTES[unit as keyof typeof MEBIBYTES];
  if (!(mebibytes >= 32)) throw new UserError(`Cannot use --memory-limit ${text}: write 512M or 2G, at least 32M`);
  return mebibytes;
}
