/** What the command line says about a cluster, checked: sizes of tasks, their time, and what is asked for them. */
import { UserError } from '../user-error.ts';

/** As commander gives them; see src/cli/cluster-options.ts. */
export interface ClusterWords {
  readonly time?: string;
  readonly leadTime?: string;
  readonly group?: string;
  readonly atOnce?: string;
  readonly cpusPerTask?: string;
  readonly mem?: string;
  readonly account?: string;
  readonly partition?: string;
  readonly slurm?: readonly string[];
  readonly scratch?: string;
  readonly image?: string;
  readonly volumeClaim?: string;
  readonly dryRun?: boolean;
}

export interface ClusterOptions {
  readonly seconds: number; // a task may take so long in one turn
  readonly leadSeconds: number; // before that end, the runs are asked to save themselves
  readonly group: number | null; // runs per task; null: by the estimate
  readonly atOnce: number; // tasks
  readonly cpus: number; // per task, and runs side by side in it
  readonly mem: string | null; // per task: 4G
  readonly account: string | null;
  readonly partition: string | null;
  readonly slurm: readonly string[]; // further options of sbatch, each as it is
  readonly scratch: string | null; // folder on the node; null: $SLURM_TMPDIR where there is one
  readonly image: string | null; // of the container
  readonly volumeClaim: string; // that holds the results
  readonly dryRun: boolean; // written, not submitted
}

export function readClusterOptions(words: ClusterWords): ClusterOptions {
  const seconds = duration(words.time ?? '1:00:00');
  const leadSeconds = count('--lead-time', words.leadTime ?? '180');
  if (leadSeconds >= seconds) {
    throw new UserError(
      `Cannot save runs ${leadSeconds} s before the end of a task of ${seconds} s: raise --time, or lower --lead-time`,
    );
  }
  const mem = words.mem ?? null;
  if (mem !== null && !/^[1-9]\d*[KMGT]?$/.test(mem)) {
    throw new UserError(`Cannot use --mem ${mem}: it must be a size like 500M or 4G`);
  }
  return {
    seconds,
    leadSeconds,
    group: words.group === undefined ? null : count('--group', words.group),
    atOnce: count('--at-once', words.atOnce ?? '100'),
    cpus: count('--cpus-per-task', words.cpusPerTask ?? '1'),
    mem,
    account: word('--account', words.account),
    partition: word('--partition', words.partition),
    slurm: (words.slurm ?? []).map(sbatchOption),
    scratch: words.scratch ?? null,
    image: word('--image', words.image),
    volumeClaim: word('--volume-claim', words.volumeClaim) ?? 'results',
    dryRun: words.dryRun === true,
  };
}

/** Slurm's own spellings, but for minutes:seconds, which reads like hours:minutes. */
function duration(text: string): number {
  const [, days, hours, minutes, seconds] = /^(?:(\d+)-)?(\d+):([0-5]\d):([0-5]\d)$/.exec(text) ?? [];
  const total = /^\d+$/.test(text)
    ? 60 * Number(text)
    : 86_400 * Number(days ?? 0) + 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds);
  if (total > 0) return total;
  throw new UserError(`Cannot use --time ${text}: it must be hours:minutes:seconds like 2:30:00, or minutes like 90`);
}

export function clockTime(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function count(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UserError(`Cannot use ${flag} ${text}: it must be a whole number from 1`);
}

function word(flag: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (/^\S+$/.test(text)) return text;
  throw new UserError(`Cannot use ${flag} "${text}": it must be one word`);
}

/** `gres=gpu:1`, `--gres=gpu:1` and `-x node7` are all understood. */
function sbatchOption(text: string): string {
  const option = text.startsWith('-') ? text : `--${text}`;
  if (/^--?[A-Za-z][^\n\r]*$/.test(option)) return option;
  throw new UserError(`Cannot use --slurm "${text}": it must be one option of sbatch, e.g. --slurm constraint=avx2`);
}
