/** Every address that is answered: protocol.ts says what with. */
import { readFile } from 'node:fs/promises';
import { packageVersion } from '../results/provenance.ts';
import type { Access } from './access.ts';
import { listAudits } from './audits.ts';
import { curveReader } from './curves.ts';
import { listExperiments, planOf, readExperiment, readStates } from './experiments.ts';
import { listPictures, serveFile } from './files.ts';
import type { Inside } from './inside.ts';
import { liveRuns } from './live-runs.ts';
import { plainRoutes } from './plain-pages.ts';
import type { Session, Study } from './protocol.ts';
import { recordReader } from './records.ts';
import { sendError, sendJson, sendStream } from './reply.ts';
import type { Ask, Handler, Route } from './routes.ts';
import { controlRoute, labelsRoute, points, runRoutes } from './run-routes.ts';
import { BEAT, stream } from './stream.ts';
import { pageRoutes } from './static-page.ts';
import { linesOf } from './lines.ts';
import { isDeep, LARGEST } from './sound.ts';
import { measuredFile } from './measured-file.ts';
import { tableOf, type TableName } from './tables.ts';

interface Needs {
  readonly inside: Inside;
  readonly access: Access;
  readonly results: string; // as it was named
  readonly page: URL | undefined;
}

const EXPERIMENT = '/api/experiments/:experiment';

export async function allRoutes({ inside, access, results, page }: Needs): Promise<{ routes: Route[]; close(): void }> {
  const records = recordReader(inside);
  const curves = curveReader(inside, records);
  const session: Session = { version: packageVersion(), results, csrf: access.csrf, beat: BEAT };
  const live = liveRuns();
  const built = await pageRoutes(page);
  const table = (name: TableName): Route =>
    get(`${EXPERIMENT}/${name}.csv`, async ({ response, names }) => {
      const found = await tableOf(inside, records, names['experiment']!, name);
      if (found === null) return sendError(response, 404, 'there is no such table');
      const body = { type: 'text/csv; charset=utf-8', name: `${names['experiment']}-${name}.csv` };
      return sendStream(response, body, () => found);
    });
  const routes: Route[] = [
    get('/api/session', ({ response }) => sendJson(response, session)),
    get('/api/experiments', async ({ response }) => sendJson(response, await listExperiments(inside))),
    get(
      EXPERIMENT,
      told(({ names }) => readExperiment(inside, records, names['experiment']!)),
    ),
    get(`${EXPERIMENT}/curves`, async ({ response, names, query }) => {
      const only = query.get('settings')?.split(',') ?? null;
      const isWanted = (): boolean => !response.destroyed;
      sendJson(response, await curves.read(names['experiment']!, Math.min(1000, points(query, 200)), only, isWanted));
    }),
    get(`${EXPERIMENT}/plans/:plan`, async ({ response, names }) => {
      const plan = await planOf(inside, names['experiment']!, names['plan']!);
      if (plan === null || typeof plan === 'string') return sendError(response, 404, plan ?? 'there is no such sweep');
      return sendJson(response, await readStates(records, names['experiment']!, plan));
    }),
    get(
      `${EXPERIMENT}/study`,
      told(({ names }) => studyOf(inside, names['experiment']!)),
    ),
    get(
      `${EXPERIMENT}/pictures`,
      told(({ names }) => listPictures(inside, names['experiment']!)),
    ),
    get('/api/audits', async ({ response }) => sendJson(response, await listAudits(inside))),
    ...(['metrics', 'runs', 'study'] as const).map(table),
    ...runRoutes(inside, records),
    labelsRoute(records),
    get('/api/stream', stream(inside, records, live)),
    controlRoute(records),
    get('/files/*', serveFile(inside)),
    ...plainRoutes({ inside, records, access, isFirst: built.length === 0 }),
    ...built,
  ];
  return { routes, close: () => live.close() };
}

const get = (pattern: string, handler: Handler): Route => ({ method: 'GET', pattern, handler });

/** Answers what `of` finds, or 404. */
const told =
  (of: (ask: Ask) => Promise<object | null>): Handler =>
  async (ask) => {
    const found = await of(ask);
    if (found === null) sendError(ask.response, 404, 'there is nothing here');
    else sendJson(ask.response, found);
  };

async function studyOf(inside: Inside, experiment: string): Promise<Study | null> {
  const file = await measuredFile(inside, experiment);
  if (file === null) return null;
  let lines = 0;
  for await (const line of linesOf(file.path)) lines += line.bytes > 0 ? 1 : 0;
  const summary =
    (await inside.file(experiment, 'summary.json')) ?? (await inside.file(experiment, 'full', 'summary.json'));
  const isShort = summary !== null && summary.bytes <= LARGEST.plan;
  return { summary: isShort ? parsed(await readFile(summary.path, 'utf8')) : null, code: file.code, measured: lines };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeep(value) ? null : value;
  } catch {
    return null;
  }
}
