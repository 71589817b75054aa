/** The same without scripts: pages of tables, made here, for a text browser, a script, or before the page is built. */
import type { Access } from './access.ts';
import { listAudits } from './audits.ts';
import { listExperiments, planOf, readExperiment, readStates, runEntry } from './experiments.ts';
import { listPictures } from './files.ts';
import type { Inside } from './inside.ts';
import { logPage } from './log-page.ts';
import { html, type Markup, page, STYLE, table } from './markup.ts';
import { controlForms, plainAddress, plainControlRoute } from './plain-controls.ts';
import type { Audit, Experiment, LogLine, RunEntry, Status } from './protocol.ts';
import type { FoundRun, Records } from './records.ts';
import { isoOf, LARGEST, wordOf } from './sound.ts';
import { sendError, sendHtml, sendStream } from './reply.ts';
import type { Handler, Route } from './routes.ts';
import { fileOf, logAsked, ofRun } from './run-routes.ts';
import { rowsOf } from './rows.ts';

interface Needs {
  readonly inside: Inside;
  readonly records: Records;
  readonly access: Access;
  readonly isFirst: boolean; // there is no other page
}

const MOST = 500; // rows of a table
const SIGNS: Readonly<Record<Status, string>> = {
  ...{ done: '#', diverged: 'x', running: '>', interrupted: '=', failed: '!', damaged: '?', missing: '.' },
};

export function plainRoutes({ inside, records, access, isFirst }: Needs): Route[] {
  const get = (pattern: string, handler: Handler): Route => ({ method: 'GET', pattern, handler });
  const index: Handler = async ({ response }) => sendHtml(response, await indexPage(inside));
  return [
    ...(isFirst ? [get('/', index)] : []),
    get('/plain', index),
    get('/plain.css', ({ response }) => sendStream(response, { type: 'text/css; charset=utf-8' }, () => [STYLE])),
    get('/plain/:experiment', async ({ response, names }) => {
      const text = await experimentPage(inside, records, names['experiment']!);
      return text === null ? sendError(response, 404, 'there is nothing here') : sendHtml(response, text);
    }),
    get(
      '/plain/:experiment/:setting/:seed',
      ofRun(records, async ({ response, query }, run) => {
        response.setHeader('referrer-policy', 'same-origin'); // without it browsers hide where a form comes from
        sendHtml(response, await runPage(inside, run, query, access.csrf));
      }),
    ),
    plainControlRoute(records, access),
  ];
}

async function indexPage(inside: Inside): Promise<string> {
  const all = await listExperiments(inside);
  const rows = all.map(({ name, runs, plans, isStudy, changed }) => [
    html`<a href="/plain/${encodeURIComponent(name)}">${name}</a>`,
    ...[isStudy ? 'study' : '', runs, plans, (changed > 0 && isoOf(changed)) || ''],
  ]);
  if (rows.length === 0)
    return page('agent-state', html`<p>There is nothing in this folder yet: agent-state run fills it.</p>`);
  return page('agent-state', table(['experiment', 'kind', 'runs', 'sweeps', 'changed (UTC)'], rows));
}

async function experimentPage(inside: Inside, records: Records, name: string): Promise<string | null> {
  const found = await readExperiment(inside, records, name);
  if (found === null) return null;
  const { settings, runs, unreadable } = found;
  const places = new Map(settings.map(({ hash, label }, place) => [hash, { label, place }]));
  const of = (run: RunEntry) => places.get(run.setting)!;
  const shown = runs
    .toSorted((a, b) => of(a).place - of(b).place)
    .slice(0, MOST)
    .map((run) => [linkTo(run), of(run).label, run.status, shortly(run.figure), run.reason]);
  const pictures = ((await listPictures(inside, name)) ?? []).slice(0, 40).map(
    (one) =>
      html`<figure>
        <img src="/files/${one.path}" alt="${one.name}" loading="lazy" />
        <figcaption>${one.name} ${one.csv === null ? '' : html`<a href="/files/${one.csv}">data</a>`}</figcaption>
      </figure>`,
  );
  const audits = found.audits === 0 ? [] : (await listAudits(inside)).map(auditTable);
  const tables = [...(runs.length > 0 ? ['runs', 'metrics'] : []), ...(found.isStudy ? ['study'] : [])];
  const api = `/api/experiments/${encodeURIComponent(name)}`;
  const body = html`<p>
      <a href="/plain">all experiments</a> ${tables.map((one) => html`<a href="${api}/${one}.csv">${one}.csv</a>`)}
    </p>
    ${runs.length > 0 ? table(['run', 'setting', 'status', 'figure', 'why'], shown) : null}
    ${runs.length > MOST ? html`<p>... and ${runs.length - MOST} more</p>` : null}
    ${await sweepGrids(inside, records, found)} ${audits} ${pictures}
    ${
      unreadable.length > 0
        ? html`<h2>Unreadable</h2>
            <pre>${unreadable.join('\n')}</pre>`
        : null
    }`;
  return page(name, body);
}

const shortly = (value: number | null): number | null => value && Number(value.toPrecision(4));

/** A sign for each run, and what those signs mean that are there. */
async function sweepGrids(inside: Inside, records: Records, { name, settings, plans }: Experiment): Promise<Markup[]> {
  const labels = new Map(settings.map(({ hash, label }) => [hash, label]));
  const grids: Markup[] = [];
  for (const { id } of plans) {
    const plan = await planOf(inside, name, id);
    if (plan === null || typeof plan === 'string') continue;
    const { states } = await readStates(records, name, plan);
    const lines = states.map((row, i) => {
      const { hash, label } = plan.settings[i]!;
      return `${row.map((status) => SIGNS[status]).join('')}  ${labels.get(hash) ?? label}`;
    });
    const present = new Set(states.flat());
    const signs = [...present].map((status) => `${SIGNS[status]} ${status}`).join(', ');
    grids.push(
      html`<h2>Sweep ${id}</h2>
        <p>${signs}; seeds ${plan.seeds.join(', ')}</p>
        <pre>${lines.slice(0, MOST).join('\n')}</pre>`,
    );
  }
  return grids;
}

const auditTable = ({ path, agent, env, steps, estimators }: Audit): Markup =>
  html`<h2>${agent} in ${env}</h2>
    <p>${path}, ${steps} steps; * the agent's own</p>
    ${table(
      ['estimator', 'cosine', 'relative error', 'norm ratio', 'MACs/step', 'bytes', 'us/step'],
      estimators.map((one) => [
        one.isActive ? `${one.estimator} *` : one.estimator,
        ...[one.cosine, one.relativeError, one.normRatio, one.macsPerStep, one.bytes, one.microseconds],
      ]),
    )}`;

const addressOf = ({ id }: RunEntry): string => plainAddress(...id.split('/'));

const linkTo = (run: RunEntry): Markup => html`<a href="${addressOf(run)}">${run.setting}/${run.seed}</a>`;

async function runPage(inside: Inside, run: FoundRun, query: URLSearchParams, csrf: string): Promise<string> {
  const entry = runEntry(run);
  const { record } = run;
  const { config, scores, end, ...rest } = record;
  const metrics = await fileOf(inside, run, 'metrics');
  const rows = metrics === null || metrics.bytes > LARGEST.rows ? [] : (await rowsOf(metrics.path, 40)).rows;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const log = await fileOf(inside, run, 'log');
  const { lines, next } = log === null ? { lines: [], next: null } : await logPage(log.path, logAsked(query));
  const block = (title: string, value: unknown): Markup =>
    html`<h2>${title}</h2>
      <pre>${JSON.stringify(value, null, 1)}</pre>`;
  const older = new URLSearchParams([...query].filter(([name]) => name !== 'before'));
  if (next !== null) older.set('before', String(next));
  const body = html`<p>
      <a href="/plain">all experiments</a>
      <a href="/plain/${encodeURIComponent(entry.experiment)}"> ${entry.experiment}</a>
    </p>
    <p>${entry.status}${entry.reason === null ? '' : `: ${entry.reason}`}</p>
    ${entry.status === 'running' ? await controlForms(run, csrf) : null} ${block('Scores', { ...scores, ...end })}
    <h2>Metrics</h2>
    ${table(
      columns,
      rows.map((row) => columns.map((name) => JSON.stringify(row[name] ?? null))),
    )}
    <h2>Log</h2>
    <form method="get">
      <label>level <input name="level" value="${query.get('level') ?? ''}" /></label>
      <label>event <input name="event" value="${query.get('event') ?? ''}" /></label>
      <label>text <input name="text" value="${query.get('text') ?? ''}" /></label><button>filter</button>
    </form>
    <pre>${lines.map(logText).join('\n')}</pre>
    ${next === null ? null : html`<p><a href="${addressOf(entry)}?${older.toString()}">older</a></p>`}
    ${block('Configuration', config)} ${block('Provenance', rest)}`;
  return page(entry.id, body);
}

function logText({ record, text, bytes }: LogLine): string {
  if (record === null) return `${text}${bytes > 2048 ? ` ... ${bytes} bytes` : ''}`;
  const { time, level, msg, ...fields } = record;
  return [isoOf(time), level, msg, fields].map((one) => wordOf(one, '')).join(' ');
}
