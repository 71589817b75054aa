/** What is asked of one run. */
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { readTrace } from '../results/trace-file.ts';
import { labelsOf, readExperiment, runEntry } from './experiments.ts';
import { type FoundFile, type Inside, isAbsent } from './inside.ts';
import { linesOf, LONGEST } from './lines.ts';
import { steer } from './live-runs.ts';
import { logPage } from './log-page.ts';
import type { Run, RunFile, RunRecord } from './protocol.ts';
import type { FoundRun, Records } from './records.ts';
import { sendError, sendJson, sendStream } from './reply.ts';
import { jsonBody } from './request-body.ts';
import { type Ask, type Handler, type Route, wholeOf } from './routes.ts';
import { rowOf, rowsOf } from './rows.ts';
import { LARGEST } from './sound.ts';
import { linesCsv, traceCsv } from './tables.ts';
import { UserError } from '../user-error.ts';

export const RUN = '/api/runs/:experiment/:setting/:seed';
const CSV = 'text/csv; charset=utf-8';

const FILES: Readonly<Record<RunFile, string>> = {
  metrics: 'metrics.jsonl',
  timing: 'timing.jsonl',
  'step-sizes': 'step-sizes.jsonl',
  alignment: 'alignment.jsonl',
  trace: 'trace.json',
  log: 'log.ndjson',
  checkpoint: 'checkpoint',
};
export const LINE_FILES = ['metrics', 'timing', 'step-sizes', 'alignment'] as const;

export const fileOf = (inside: Inside, { names }: FoundRun, file: RunFile): Promise<FoundFile | null> =>
  inside.file(...names, FILES[file]);

const MOST = 100; // runs that are told apart

/** What tells the settings of these runs from each other, in the order in which they are asked for. */
export const labelsRoute = (records: Records): Route => ({
  method: 'GET',
  pattern: '/api/labels',
  handler: async ({ response, query }) => {
    const asked = query.getAll('run').map((id) => id.split('/'));
    const configs = new Map<string, RunRecord['config']>();
    for (const [experiment = '', setting = '', seed = ''] of asked.slice(0, MOST)) {
      const run = await records.one(experiment, setting, seed);
      if (run) configs.set(setting, run.record.config);
    }
    const labels = labelsOf(configs);
    sendJson(
      response,
      asked.map(([, setting = '']) => labels.get(setting) ?? setting),
    );
  },
});

export function runRoutes(inside: Inside, records: Records): Route[] {
  const get = (pattern: string, handler: (ask: Ask, run: FoundRun) => Promise<void>): Route => ({
    method: 'GET',
    pattern: RUN + pattern,
    handler: ofRun(records, handler),
  });
  const withFile =
    (file: RunFile, act: (ask: Ask, found: FoundFile) => Promise<void>) => async (ask: Ask, run: FoundRun) => {
      const found = await fileOf(inside, run, file);
      const most = file === 'log' ? Infinity : file === 'trace' ? LARGEST.trace : LARGEST.rows;
      if (found !== null && found.bytes > most)
        throw new UserError(`Cannot show the ${file} of this run: the file is longer than ${most} bytes`);
      return found === null ? sendError(ask.response, 404, `this run has no ${file}`) : act(ask, found);
    };
  return [
    get('', async ({ response }, run) => sendJson(response, await runOf(inside, run))),
    get('/label', async ({ response }, { names: [experiment, setting] }) => {
      const all = (await readExperiment(inside, records, experiment))?.settings ?? [];
      sendJson(response, { label: all.find(({ hash }) => hash === setting)?.label ?? setting });
    }),
    ...LINE_FILES.flatMap((file) => [
      get(
        `/${file}`,
        withFile(file, async ({ response, query }, { path }) =>
          sendJson(response, await rowsOf(path, points(query), { isWanted: isThereStill(response) })),
        ),
      ),
      get(
        `/${file}.csv`,
        withFile(file, ({ response }, { path, bytes }) =>
          sendStream(response, { type: CSV, name: `${file}.csv` }, () => linesCsv(path, bytes)),
        ),
      ),
    ]),
    get(
      '/trace',
      withFile('trace', async ({ response }, { path }) => sendJson(response, readTrace(path))),
    ),
    get(
      '/trace.csv',
      withFile('trace', async ({ response }, { path }) => {
        const trace = readTrace(path)!;
        await sendStream(response, { type: CSV, name: 'trace.csv' }, () => traceCsv(trace));
      }),
    ),
    get(
      '/log',
      withFile('log', async ({ response, query }, { path }) =>
        sendJson(response, await logPage(path, { ...logAsked(query), isWanted: isThereStill(response) })),
      ),
    ),
  ];
}

/** Nothing is looked through for a reader who has left. */
const isThereStill = (response: ServerResponse) => (): boolean => !response.destroyed;

const BODY = 4096; // bytes

export const controlRoute = (records: Records): Route => ({
  method: 'POST',
  pattern: `${RUN}/control`,
  handler: ofRun(records, async ({ request, response }, { folder }) =>
    sendJson(response, await steer(folder, await jsonBody(request, BODY))),
  ),
});

/** The run that an address names, or 404. */
export function ofRun(records: Records, handler: (ask: Ask, run: FoundRun) => Promise<void>): Handler {
  return async (ask) => {
    const { experiment, setting, seed } = ask.names;
    const run = await records.one(experiment!, setting!, seed!);
    return run === null ? sendError(ask.response, 404, 'there is no such run') : handler(ask, run);
  };
}

export const points = (query: URLSearchParams, usual = 500): number =>
  Math.max(2, wholeOf(query, 'points', usual, 5000));

export function logAsked(query: URLSearchParams) {
  const [level, event, text] = ['level', 'event', 'text'].map((name) => query.get(name) || undefined);
  const before = wholeOf(query, 'before', NaN, Number.MAX_SAFE_INTEGER);
  return {
    limit: Math.max(1, wholeOf(query, 'limit', 100, 1000)),
    ...(Number.isNaN(before) ? {} : { before }),
    ...(level === undefined ? {} : { level }),
    ...(event === undefined ? {} : { events: event.split(',') }),
    ...(text === undefined ? {} : { text }),
  };
}

async function runOf(inside: Inside, run: FoundRun): Promise<Run> {
  const has: RunFile[] = [];
  for (const file of Object.keys(FILES) as RunFile[]) if (await isThere(join(run.folder, FILES[file]))) has.push(file);
  const step = run.record.end?.steps ?? (await latestStep(inside, run));
  return { ...runEntry(run), record: run.record, step, has };
}

const END = 4 * LONGEST; // bytes of a file in which its last row is

async function latestStep(inside: Inside, run: FoundRun): Promise<number> {
  let latest = 0;
  for (const file of LINE_FILES) {
    const found = await fileOf(inside, run, file);
    if (found === null) continue;
    const stretch = { from: Math.max(0, found.bytes - END), to: found.bytes };
    for await (const line of linesOf(found.path, stretch)) latest = Math.max(latest, rowOf(line)?.step ?? 0);
  }
  return latest;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
