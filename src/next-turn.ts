/**
 * Calls back once the event loop has turned, so that signals, messages and servers are heard; returns how to call it off.
 * A browser has no setImmediate, and its timers wait for milliseconds: a message to oneself does not.
 */
export const nextTurn: (call: () => void) => () => void =
  typeof globalThis.setImmediate === 'function' ? byImmediate : byMessage;

function byImmediate(call: () => void): () => void {
  const turn = setImmediate(call);
  return () => clearImmediate(turn);
}

function byMessage(call: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  const end = (): void => port1.close();
  (port1 as unknown as { onmessage?: () => void }).onmessage = () => {
    end();
    call();
  };
  port2.postMessage(null);
  return end;
}
