/** What code of the user's own leaves running when a run is over: it could fail later, and be taken for the next run's. */

/** Come and go with any work and end by themselves, or are made when stdout, stderr or git is first asked for something. */
const PASSING = new Set([
  ...['Immediate', 'FSReqCallback', 'FSReqPromise', 'WriteWrap', 'CloseReq', 'TickObject'],
  ...['PipeWrap', 'TTYWrap'],
]);

/** Asked before a run, answers after it: is there more now? */
export function leftBehind(): () => Promise<boolean> {
  const before = alive();
  return async () => {
    await new Promise((done) => setImmediate(done)); // promises that nobody awaits are broken now, if ever
    return alive() > before;
  };
}

/** Timers, sockets, child processes and the like that keep this process alive, and who listens to it. */
function alive(): number {
  const busy = process.getActiveResourcesInfo().filter((what) => !PASSING.has(what));
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  return listeners.reduce((sum, count) => sum + count, busy.length);
}
