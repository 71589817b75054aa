/** agent-state dashboard: serves a results folder until it is interrupted. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createDashboard, type Dashboard } from '../dashboard/server.ts';
import { makeFolder } from '../results/make-folder.ts';
import { portOf } from './port.ts';
import { printJson } from './print-json.ts';

export interface DashboardFlags {
  readonly host: string;
  readonly port: string;
  readonly token?: boolean; // asked for on loopback too
  readonly open?: boolean;
  readonly json?: boolean;
}

export async function dashboardCommand(results: string, flags: DashboardFlags): Promise<void> {
  const dashboard = await openDashboard(results, flags);
  if (flags.json) printJson({ url: dashboard.url });
  else console.log(`dashboard  ${dashboard.url}`);
  await new Promise<void>((done) => process.once('SIGINT', done).once('SIGTERM', done));
  await dashboard.close();
}

/** Listens, and shows the page in a browser where that is asked for. */
export async function openDashboard(results: string, { host, port, token, open }: DashboardFlags): Promise<Dashboard> {
  const dashboard = await createDashboard({
    results,
    host,
    port: portOf(port),
    ...(token ? { asksToken: true } : {}),
    onProblem: (line) => console.error(`agent-state: ${line}`),
  });
  if (open) show(dashboard.url);
  return dashboard;
}

const PORT = 7717;

/** While something runs: at the usual port, or another where that is taken. */
export async function watchRuns(results: string): Promise<Dashboard> {
  makeFolder(resolve(results)); // there may be no results yet
  const flags = { host: '127.0.0.1', port: String(PORT) };
  const dashboard = await openDashboard(results, flags).catch(() => openDashboard(results, { ...flags, port: '0' }));
  console.error(`dashboard  ${dashboard.url}`);
  return dashboard;
}

/** Best effort: the address is printed anyway. */
function show(url: string): void {
  const [program, ...first] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  spawn(program!, [...first, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
