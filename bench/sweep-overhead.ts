/**
 * What a sweep costs beside its runs: `node dist/bench/sweep-overhead.js results/<experiment> <processes>`, after a sweep
 * that ran in one go. Of each run its own seconds (run.json, `end.seconds`: from the first step to the last file), of the
 * sweep the time from the first start to the last end; the difference is processes, folders, leases and messages.
 */
import { resolve } from 'node:path';
import { indexRuns } from '../src/results/run-index.ts';
import { UserError } from '../src/user-error.ts';

const [folder, lanes] = process.argv.slice(2);
if (folder === undefined || !(Number(lanes) >= 1)) {
  throw new UserError('Cannot measure nothing: node dist/bench/sweep-overhead.js results/<experiment> <processes>');
}
const records = indexRuns(resolve(folder)).runs.map(({ record }) => record);
const ended = records.filter(({ end, endedAt }) => end !== null && endedAt !== null);
const seconds = ended.reduce((sum, { end }) => sum + end!.seconds, 0);
const first = Math.min(...ended.map(({ startedAt }) => Date.parse(startedAt)));
const last = Math.max(...ended.map(({ endedAt }) => Date.parse(endedAt!)));
const paid = (Number(lanes) * (last - first)) / 1000;
console.log(
  `${ended.length} runs of ${((1000 * seconds) / ended.length).toFixed(1)} ms: ${seconds.toFixed(0)} s of runs in ` +
    `${paid.toFixed(0)} s of ${lanes} processes, ${((100 * (paid - seconds)) / seconds).toFixed(1)} % more`,
);
