/** A results folder with one good run, and beside it a place for what somebody else may have put there. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect } from 'vitest';
import { openDashboard, type Open } from './dashboards.ts';
import { keepRun, keptConfig } from './kept-runs.ts';
import { put, tempFolder } from './temp.ts';

export interface Hostile {
  readonly results: string;
  readonly open: Open;
  readonly good: string; // setting of the run that must be shown, whatever lies beside it
  /** Writes run.json of a run beside it, gone after the test. */
  putRun(text: string, nth?: number): Bad;
  /** Every address that shows something of that experiment answers with something that is no failure of ours, and soon. */
  answers(): Promise<void>;
  /** What a page hears in a second and a half that follows that run. */
  live(bad: Bad): Promise<string>;
}

export interface Bad {
  readonly id: string;
  readonly folder: string;
}

const hashOf = (nth: number): string => `bad${nth.toString(16).padStart(7, '0')}`;
const SOON = 8000; // milliseconds; a machine that is busy with other tests takes its time

/** run.json of a run that is done, as text. */
export function recordText(over: object = {}): string {
  const made = {
    ...{
      format: 1,
      experiment: 'kept',
      setting: hashOf(0),
      seed: 0,
      config: keptConfig(0.2),
      git: null,
      versions: {},
      host: {},
    },
    ...{ argv: [], status: 'done', startedAt: '2026-01-01T00:00:00.000Z', endedAt: null, scores: null },
  };
  return JSON.stringify({ ...made, ...over });
}

/** Lists in each other. */
export const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

export function hostileResults(): Hostile {
  const results = tempFolder();
  const good = keepRun(results, { beside: { 'metrics.jsonl': [{ step: 1, msre: 1 }] } }).record.setting;
  const all = new Map<string, Bad>();
  let open: Open;
  beforeAll(async () => {
    open = await openDashboard(results);
  });
  afterEach(() => {
    for (const name of [...all.keys(), 'sweeps', 'measured', 'summary.json'])
      rmSync(join(results, 'kept', name), { recursive: true, force: true });
    all.clear();
  });
  return {
    ...{ results, good },
    get open() {
      return open;
    },
    putRun(text, nth = 0) {
      const hash = hashOf(nth);
      const bad = { id: `kept/${hash}/0`, folder: join(results, 'kept', hash, '0') };
      all.set(hash, bad);
      put(bad.folder, 'run.json', text);
      return bad;
    },
    async answers() {
      const stalled: string[] = [];
      for (const path of addresses([...all.keys()])) {
        const began = performance.now();
        const { status } = await open.ask(path);
        expect([200, 404, 422], `${path}: ${status} ${open.problems.join()}`).toContain(status);
        if (performance.now() - began > SOON) stalled.push(path);
      }
      expect((await open.ask('/api/experiments/kept')).text).toContain(`"id":"kept/${good}/0"`);
      expect((await open.ask('/plain/kept')).text).toContain(good);
      expect((await open.ask(`/api/runs/kept/${good}/0/metrics`)).text).toContain('"msre":1');
      expect({ problems: open.problems, stalled }).toEqual({ problems: [], stalled: [] });
    },
    async live({ id }) {
      const address = `${open.url}api/stream?experiment=kept&run=${id}&live=${id}`;
      const response = await fetch(address, { signal: AbortSignal.timeout(1500) });
      let heard = '';
      try {
        for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) heard += piece;
      } catch {
        // the time is over
      }
      return heard;
    },
  };
}

function addresses(settings: readonly string[]): string[] {
  const ofAll = ['', '/curves', '/study', '/pictures', '/metrics.csv', '/runs.csv', '/study.csv', '/plans/0123456789'];
  const ofRun = ['', '/metrics', '/metrics.csv', '/step-sizes', '/trace', '/log?level=info', '/log?event=x'];
  return [
    ...['/api/experiments', '/plain', '/plain/kept', ...ofAll.map((path) => `/api/experiments/kept${path}`)],
    ...settings.map((setting) => `/plain/kept/${setting}/0`),
    ...settings.flatMap((setting) => ofRun.map((path) => `/api/runs/kept/${setting}/0${path}`)),
  ];
}
