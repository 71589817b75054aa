const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Flushes a log destination when the process ends: at its natural end, `process.exit`, an uncaught error, SIGTERM and
 * SIGINT. Unbuffered synchronous files do not need it, buffered and asynchronous destinations do. Nothing is installed
 * before the call; the returned function takes it all away again.
 * A signal keeps its meaning: where the caller handles it too (to save a checkpoint), that handler decides how the
 * process ends; where nobody else does, the process dies of the signal as it would have.
 */
export function flushOnExit(destination: { flushSync(): void }): () => void {
  const flush = (): void => {
    destination.flushSync();
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    flush();
    if (process.listenerCount(signal) > 1) return;
    uninstall();
    process.kill(process.pid, signal);
  };
  const uninstall = (): void => {
    process.off('exit', flush);
    process.off('uncaughtExceptionMonitor', flush);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', flush);
  process.on('uncaughtExceptionMonitor', flush);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return uninstall;
}
