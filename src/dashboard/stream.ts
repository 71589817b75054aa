/**
 * GET /api/stream: everything that a page follows, in one connection, since a browser has only six. It looks at the files
 * twice a second, sooner where the system says that something changed, four times at most, never while the reader is behind.
 */
import { type EventStream, openEventStream } from './event-stream.ts';
import { runEntry } from './experiments.ts';
import { type Followed, followRun, type Told } from './followed-run.ts';
import { type Inside, isName } from './inside.ts';
import type { LiveRuns } from './live-runs.ts';
import type { Records } from './records.ts';
import { sendError } from './reply.ts';
import type { Handler } from './routes.ts';

export const BEAT = 10_000; // milliseconds
const LOOK = 500; // milliseconds between two looks
const HINTED = 250; // milliseconds between two looks while something changes all the time
const SOON = 50; // milliseconds after a hint, at least
const MOST = { readers: 32, runs: 8, experiments: 4 };

type Lists = [runs: string[][], watched: string[][]];
type Names = readonly [experiment: string, setting: string, seed: string];

export function stream(inside: Inside, records: Records, live: LiveRuns): Handler {
  let readers = 0;
  return ({ response, query, request }) => {
    const experiments = query.getAll('experiment');
    const [runs, watched] = ['run', 'live'].map((kind) => query.getAll(kind).map((id) => id.split('/'))) as Lists;
    const areRuns = [...runs, ...watched].every((names) => names.length === 3 && names.every(isName));
    if (!experiments.every(isName) || !areRuns)
      return sendError(response, 400, 'name experiments, and runs as <experiment>/<setting>/<seed>');
    if (experiments.length > MOST.experiments || runs.length > MOST.runs || watched.length > MOST.runs)
      return sendError(
        response,
        400,
        `${MOST.runs} runs and ${MOST.experiments} experiments can be followed at a time`,
      );
    if (readers >= MOST.readers) return sendError(response, 503, 'too many are following already');
    readers++;
    const events = openEventStream(response);
    const before = positionOf(request.headers['last-event-id']);
    const all = new Map<string, Followed>();
    const id = (): string => idOf(all);
    const looks = runs.map((names) => {
      const told = before[names.join('/')] ?? {};
      const followed = followRun({
        inside,
        records,
        names: names as unknown as Names,
        events,
        told,
        id,
        onChange: () => soon(),
      });
      all.set(names.join('/'), followed);
      return followed.look;
    });
    const soon = repeat(events, [...looks, ...experiments.map((name) => followExperiment(name, records, events))]);
    for (const [experiment, setting, seed] of watched) {
      const folder = async () => (await records.one(experiment!, setting!, seed!))?.folder ?? null;
      live.watch(`${experiment}/${setting}/${seed}`, folder, events);
    }
    const beats = setInterval(() => events.isReady && events.send('beat', {}), BEAT);
    events.onEnd(() => {
      readers--;
      clearInterval(beats);
      for (const followed of all.values()) followed.close();
    });
  };
}

/** One after the other, again and again until the reader leaves; what it returns makes the next time sooner. */
function repeat(events: EventStream, looks: readonly (() => Promise<void>)[]): () => void {
  let timer: NodeJS.Timeout | undefined;
  let [isLooking, isHinted] = [false, false];
  let lookedAt = -Infinity;
  const plan = (milliseconds: number): void => {
    clearTimeout(timer);
    if (!events.isOver) timer = setTimeout(() => void look(), milliseconds);
  };
  const look = async (): Promise<void> => {
    [isLooking, isHinted] = [true, false];
    for (const one of looks) if (events.isReady) await one().catch(() => undefined); // gone between two calls: next time
    isLooking = false;
    lookedAt = performance.now();
    plan(isHinted ? HINTED : LOOK);
  };
  void look();
  return () => {
    if (isHinted) return;
    isHinted = true;
    if (!isLooking) plan(Math.max(SOON, lookedAt + HINTED - performance.now()));
  };
}

const SHARE = 20; // of the time that looking at an experiment takes, looks are apart

/** Runs that begin, end or change: those of a large experiment less often. */
function followExperiment(name: string, records: Records, events: EventStream): () => Promise<void> {
  const known = new Map<string, string>();
  let due = 0;
  return async () => {
    const began = performance.now();
    if (began < due) return;
    for (const run of (await records.all(name)).runs) {
      const entry = runEntry(run);
      const text = JSON.stringify(entry);
      if (known.get(entry.id) === text || !events.isReady) continue;
      known.set(entry.id, text);
      events.send('run', entry);
    }
    due = performance.now() + SHARE * (performance.now() - began);
  };
}

/** Bytes told of each run's files, as one word. */
const idOf = (all: ReadonlyMap<string, Followed>): string =>
  Buffer.from(JSON.stringify(Object.fromEntries([...all].map(([run, { told }]) => [run, told])))).toString('base64url');

/** Nothing of what a reader brings along is believed but numbers of bytes. */
function positionOf(id: unknown): Record<string, Told> {
  if (typeof id !== 'string' || id.length > 4096) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(id, 'base64url').toString());
    const entries = Object.entries((value ?? {}) as Record<string, unknown>).map(([run, told]) => {
      const numbers = Object.entries((told ?? {}) as Record<string, unknown>);
      return [
        run,
        Object.fromEntries(numbers.filter(([, bytes]) => Number.isSafeInteger(bytes) && Number(bytes) >= 0)),
      ];
    });
    return Object.fromEntries(entries) as Record<string, Told>;
  } catch {
    return {};
  }
}
