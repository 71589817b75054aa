/** agent-state rerun <folder>: the same run once more, and whether the bytes agree; exit 0 they do, 1 they differ. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Compared, openOriginal, type Original, rerun } from '../run/rerun.ts';
import type { Difference } from '../run/first-difference.ts';
import { isFinished } from '../results/run-record.ts';
import { printJson } from './print-json.ts';

interface Options {
  readonly keep?: string;
  readonly json?: boolean;
}

export async function rerunCommand(path: string, { keep, json = false }: Options): Promise<void> {
  const original = await openOriginal(path);
  if (!json) for (const line of circumstanceLines(original)) console.log(line);
  const results = keep === undefined ? mkdtempSync(join(tmpdir(), 'agent-state-rerun-')) : resolve(keep);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const compared = await rerun(original, results, { stop: stop.signal });
    if (compared === null) process.exitCode = 130;
    else tell(original, compared, json);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    if (keep === undefined) rmSync(results, { recursive: true, force: true });
  }
}

function circumstanceLines({ circumstances }: Original): string[] {
  if (circumstances.length === 0) return ['circumstances as they were: setting, code, commit, versions, processor'];
  return circumstances.map(({ what, then, now }) => `${what.padEnd(WIDTH)} ${then} then, ${now} now`);
}

const WIDTH = 22; // of the first column

function tell(original: Original, compared: readonly Compared[], json: boolean): void {
  const agree = compared.every(({ difference }) => difference === null);
  if (!agree) process.exitCode = 1;
  const until = isFinished(original.record.status) ? null : original.saved!.step;
  if (json) {
    const { folder, circumstances } = original;
    const shown = compared.map(({ what, difference, absent = false }) => ({
      what,
      difference: plain(difference),
      absent,
    }));
    return printJson({ folder: folder.path, agree, until, circumstances, compared: shown });
  }
  for (const { what, difference, absent } of compared) {
    console.log(`${what.padEnd(WIDTH)} ${absent ? 'not there: nothing to compare' : wordsFor(difference)}`);
  }
  const far = until === null ? '' : ` up to step ${until}, its last checkpoint`;
  console.log(agree ? `The rerun agrees, byte for byte${far}.` : `The rerun differs${far}.`);
}

function wordsFor(difference: Difference | null): string {
  if (difference === null) return 'agree';
  const { at, then, now } = difference;
  return `differ at ${at}: ${shown(then)} then, ${shown(now)} now`;
}

const plain = (difference: Difference | null) =>
  difference && { at: difference.at, then: difference.then ?? null, now: difference.now ?? null };

const shown = (value: unknown): string => (value === undefined ? 'nothing' : short(JSON.stringify(value)));

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
