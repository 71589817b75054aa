/**
 * How smoothly the pages draw while a learner streams as fast as it can: the playground, and the dashboard's page of a
 * run that goes on, each for twenty seconds in Chromium. node dist/bench/page-frames.js
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type CDPSession, type Page } from 'playwright-core';
import { createDashboard } from '../src/dashboard/server.ts';
import { servePlayground } from '../src/dashboard/playground.ts';
import { toHash } from '../src/playground/setting.ts';
import { presetAgent } from '../src/playground/presets.ts';
import { machine } from './machine.ts';
import { progress } from './progress.ts';

const SECONDS = Number(process.argv[2] ?? 20);
const WARM = 4000; // milliseconds: code is compiled, windows are full

/** What is counted in the page itself. */
const PROBE = `new Promise((done) => {
  const seen = { frames: 0, longest: 0, tasks: 0, shifts: 0 };
  const observed = (type, hear) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(hear));
    observer.observe({ type });
    return observer;
  };
  const observers = [
    observed('longtask', () => seen.tasks++),
    observed('layout-shift', ({ value }) => (seen.shifts += value)),
  ];
  const from = performance.now();
  let before = from;
  const frame = () => {
    const now = performance.now();
    seen.frames++;
    seen.longest = Math.max(seen.longest, now - before);
    before = now;
    if (now - from < ${1000 * SECONDS}) return requestAnimationFrame(frame);
    setTimeout(() => {
      for (const observer of observers) observer.disconnect();
      done({ ...seen, seconds: (now - from) / 1000 });
    }, 200);
  };
  requestAnimationFrame(frame);
})`;

interface Seen {
  readonly frames: number;
  readonly longest: number; // milliseconds between two of them
  readonly tasks: number; // that kept the page busy for more than 50 ms
  readonly shifts: number; // the sum of all layout shifts
  readonly seconds: number;
}

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  console.log(`${machine()}; load of the machine before: ${loadavg()[0]!.toFixed(1)}\n`);
  console.log(
    '| page | steps per second | frames per second | longest gap, ms | tasks > 50 ms | layout shifts | ms of CPU per frame |',
  );
  console.log(
    '| ---- | ---------------: | ----------------: | --------------: | ------------: | ------------: | ------------------: |',
  );
  await playground(browser);
  await liveRun(browser);
} finally {
  await browser.close();
}

async function playground(visitor: Browser): Promise<void> {
  const served = await servePlayground();
  const env = { id: 'cycle-world' };
  const usual = presetAgent(env.id);
  const tiny = { ...usual, cell: { ...(usual.cell as object), id: 'lstm-columns', columns: 2 } };
  await show(visitor, 'playground, cycle world, 2 columns', served.url + toHash({ env, agent: tiny }));
  await show(visitor, 'playground as it opens: 20 columns', served.url);
  await served.close();
}

async function liveRun(visitor: Browser): Promise<void> {
  const results = mkdtempSync(join(tmpdir(), 'frames-'));
  const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
  const what = ['--agent', 'columnar-td', '--env', 'trace-conditioning', '--set', 'agent.cell.columns=2'];
  const much = ['--set', 'every=2000', '--log-every', '100000', '--steps', String(1e9), '--results', results];
  const run = spawn(process.execPath, [main, 'run', ...what, ...much], { stdio: 'ignore' });
  const ended = new Promise((done) => run.once('close', done));
  try {
    const id = await begun(results);
    const dashboard = await createDashboard({ results });
    await show(visitor, 'dashboard, a live run of 2 columns', `${dashboard.url}#/run/${id}`);
    await dashboard.close();
  } finally {
    run.kill('SIGINT'); // it saves itself, and ends
    await ended;
    rmSync(results, { recursive: true });
  }
}

async function begun(results: string): Promise<string> {
  for (;;) {
    const id = readdirSync(results, { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith('/metrics.jsonl'),
    );
    if (id !== undefined) return id.slice(0, -'/metrics.jsonl'.length);
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function show(visitor: Browser, name: string, url: string): Promise<void> {
  progress(`${name}: ${url}`);
  const context = await visitor.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);
  await page.locator('canvas').nth(3).waitFor();
  const speed = page.getByRole('combobox', { name: 'Speed' }); // of the playground
  if (await speed.isVisible()) await speed.selectOption('as fast as it can');
  await page.waitForTimeout(WARM);
  const [steps, busy] = [await stepsOf(page), await busyOf(session)];
  const began = performance.now();
  const { result } = await session.send('Runtime.evaluate', {
    expression: PROBE,
    awaitPromise: true,
    returnByValue: true,
  });
  const seen = result.value as Seen;
  const [lived, spent] = [(await stepsOf(page)) - steps, (await busyOf(session)) - busy];
  const seconds = (performance.now() - began) / 1000;
  const perSecond = Math.round(lived / seconds).toLocaleString('en-US');
  const smooth = `${(seen.frames / seen.seconds).toFixed(1)} | ${seen.longest.toFixed(0)} | ${seen.tasks}`;
  const cost = ((1000 * spent) / (seconds * (seen.frames / seen.seconds))).toFixed(1); // of the page's main thread
  console.log(`| ${name} | ${perSecond} | ${smooth} | ${seen.shifts.toFixed(3)} | ${cost} |`);
  await context.close();
}

/** As the page says it. */
async function stepsOf(page: Page): Promise<number> {
  const text = await page.locator('.facts dt:text-matches("^steps?$") + dd').innerText();
  return Number(text.split(/\sof\s/)[0]!.replaceAll(/\s/g, ''));
}

/** Seconds of the processor that the page's main thread has had. */
async function busyOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

function findChromium(): string {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      continue;
    }
  }
  throw new Error('Cannot measure: there is no Chromium on this machine');
}
