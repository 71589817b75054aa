/**
 * The script of the worker that runs a visitor's own lines. Before they run, everything but the language itself is taken
 * off the worker's global object: no network, no storage, no other workers. What is left of the language, `import()`, is
 * forbidden as a word (loadingLine), and with it whatever makes code out of text: a policy of the page would not do, since
 * where it comes as a <meta>, as on a static site, it holds for no worker. All that comes before the visitor's lines stands
 * on one line, so that line n of the script is line n - 1 of theirs.
 */
export function ownSource(code: string, seed: number): string {
  return `${oneLine(BEFORE)}(${seed >>> 0});const agentStateNext=(()=>{\n${code}\n;${AFTER}`;
}

/** The number of the first line in which something would be loaded; null: there is none. */
export function loadingLine(code: string): number | null {
  const line = code.split(/\r\n|[\n\r\u2028\u2029]/).findIndex((text) => /\bimport\b/.test(text));
  return line < 0 ? null : line + 1;
}

/** What a batch of steps is in messages; { error, stack } in its place where the lines fail. */
export interface OwnBatch {
  readonly see: Float64Array; // [steps x inputs]
  readonly reward: Float64Array; // [steps] what came with each
  readonly end: Uint8Array; // [steps] 1: the episode ends here
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

/** random: mulberry32. */
const BEFORE = `'use strict'; const agentState = ((seed) => {
  const post = self.postMessage.bind(self), listen = self.addEventListener.bind(self), now = performance.now.bind(performance);
  const kept = new Set(('Object Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date ' +
    'Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis self ' +
    'JSON Math Intl ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array ' +
    'Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef Proxy ' +
    'Reflect FinalizationRegistry decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN ' +
    'Iterator structuredClone console constructor').split(' '));
  for (let scope = self; scope && scope !== Object.prototype; scope = Object.getPrototypeOf(scope)) {
    for (const name of Object.getOwnPropertyNames(scope)) {
      if (kept.has(name)) continue;
      try { delete scope[name]; } catch {}
      try { if (name in scope) Object.defineProperty(scope, name, { value: undefined, writable: false, configurable: false }); } catch {}
    }
  }
  for (const made of [function () {}, async function () {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(made), 'constructor', { value: undefined, writable: false, configurable: false });
  }
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  Math.random = random;
  post({ loaded: true });
  return { post, listen, now, random };
})`;

const AFTER = `return typeof next === 'function' ? next : null; })();
((next, { post, listen, now, random }) => {
  if (!next) throw new Error('there is no function next(random)');
  let inputs = -1;
  listen('message', ({ data: most }) => {
    try {
      const see = [], reward = [], end = [];
      const until = now() + 50;
      do {
        const step = next(random);
        if (typeof step !== 'object' || step === null) throw new Error('next() must return { see: [numbers], reward: a number }');
        const seen = Array.isArray(step.see) ? step.see : [step.see];
        if (inputs < 0) inputs = seen.length;
        if (seen.length !== inputs) throw new Error('see has ' + seen.length + ' numbers, and had ' + inputs + ' before');
        for (const x of seen) see.push(Number(x));
        reward.push(Number(step.reward ?? 0));
        end.push(step.end ? 1 : 0);
      } while (reward.length < most && now() < until);
      post({ see: Float64Array.from(see), reward: Float64Array.from(reward), end: Uint8Array.from(end) });
    } catch (error) {
      post({ error: String(error && error.message || error), stack: String(error && error.stack || '').slice(0, 4000) });
    }
  });
  post({ begun: true });
})(agentStateNext, agentState);`;
