/** What a page of the package's does, in a real browser; everything it finds goes back to the server that it came from. */
import PlaygroundWorker from 'agent-state/playground/worker?worker';
import LearningWorker from './learning-worker.ts?worker';
import type { Frame, FromPlayground, PlaygroundSetting, ToPlayground } from '../../src/playground/protocol.ts';

interface PageWorker {
  postMessage(message: unknown): void;
  onmessage: (event: { data: unknown }) => void;
  onerror: (event: { message?: string }) => void;
}
declare const requestAnimationFrame: (call: () => void) => void;

const answer = (worker: PageWorker): Promise<unknown> =>
  new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve(`the worker failed: ${message}`);
  });

/** Runs a setting until `isDone`, drawing as fast as the screen does; returns what was told, and the milliseconds. */
async function play(setting: PlaygroundSetting, isDone: (frame: Frame) => boolean) {
  const worker = new PlaygroundWorker() as PageWorker;
  const say = (message: ToPlayground): void => worker.postMessage(message);
  const began = performance.now();
  const outcome = await new Promise<{ frames: number; step: number; perSecond: number; error: string | null }>(
    (resolve) => {
      let frames = 0;
      let last: Frame | null = null;
      const end = (error: string | null): void =>
        resolve({ frames, step: last?.step ?? 0, perSecond: last?.perSecond ?? 0, error });
      worker.onerror = ({ message }) => end(`the worker failed: ${message}`);
      worker.onmessage = ({ data }) => {
        const told = data as FromPlayground;
        if (told.type === 'error') end(told.message);
        if (told.type !== 'frame') return;
        frames++;
        last = told.frame;
        if (isDone(last)) end(null);
        else requestAnimationFrame(() => say({ type: 'drawn' }));
      };
      say({ type: 'start', setting });
    },
  );
  say({ type: 'stop' });
  return { ...outcome, milliseconds: performance.now() - began };
}

const own = (code: string) => play({ env: { id: 'own', code } }, ({ step }) => step > 5000);
const report = {
  learned: await answer(new LearningWorker() as PageWorker),
  cycle: await play({ env: { id: 'cycle-world' } }, ({ curve }) => curve.value.at(-2)! < 0.01),
  lines: await own(
    'let t = 0; function next() { t = (t + 1) % 3; return { see: [t === 0 ? 1 : 0], reward: t === 1 ? 1 : 0 }; }',
  ),
  endless: await own('function next() { for (;;); }'),
  broken: await own('let a;\nlet b = ;'),
  network: await own('fetch("/secret"); function next() {}'),
  imported: await own(
    'import("/secret.js").catch(() => 0); import("data:text/javascript,0").catch(() => 0); function next() { return { see: 1 }; }',
  ),
};
await fetch('/report', { method: 'POST', body: JSON.stringify(report) });
