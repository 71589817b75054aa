/** What a WebAssembly module of ours is to the host, wherever it came from. */

export type Precision = 'f32' | 'f64';
/** deterministic: the same bits on every machine. relaxed: fused multiply-add, whose bits depend on the processor. */
export type Simd = 'deterministic' | 'relaxed';

/** Calls and named globals of one learner's instance, or of one lane's. */
export interface Kernels {
  readonly globals: Readonly<Record<string, WebAssembly.Global>>;
  run(count: number): number;
  flush(): void;
  begin(): void;
  apply(f: number, from: number, to: number, count: number): void;
  laneBegin(): void;
  laneForward(): void;
  laneLearn(teaches: 0 | 1): void;
  laneForget(): void; // of all lanes
}

/** Which modules a learner may want (PathOptions). */
export interface LoadOptions {
  readonly path?: 'auto' | 'reference' | 'compiled';
  readonly precision?: Precision | 'auto';
  readonly simd?: Simd;
}

/** The files' names, here and in a browser. */
export const fileName = (precision: Precision, simd: Simd, isShared = false): string =>
  `${precision}${simd === 'relaxed' ? '-relaxed' : ''}${isShared ? '-threads' : ''}.wasm`;

export function instanceOf(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const calls: Record<string, unknown> = {};
  const globals: Record<string, WebAssembly.Global> = {};
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function') calls[name] = value;
    else globals[name] = value as WebAssembly.Global;
  }
  return { ...(calls as unknown as Omit<Kernels, 'globals'>), globals };
}
