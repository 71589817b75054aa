/** The WebAssembly modules on disk: one per precision and SIMD flavour, compiled once per process. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Precision = 'f32' | 'f64';
/** deterministic: the same bits on every machine. relaxed: fused multiply-add, whose bits depend on the processor. */
export type Simd = 'deterministic' | 'relaxed';

/** Calls and named globals of one learner's instance. */
export interface Kernels {
  readonly globals: Readonly<Record<string, WebAssembly.Global>>;
  run(count: number): number;
  flush(): void;
  begin(): void;
  apply(f: number, from: number, to: number, count: number): void;
}

/** Compiled files lie in dist, where the TypeScript sources are run as they are, too. */
const folder = new URL(import.meta.url.endsWith('.ts') ? '../../dist/src/kernels/' : './', import.meta.url);
const path = (file: string): string => fileURLToPath(new URL(file, folder));
const modules = new Map<string, WebAssembly.Module>();

const fileOf = (precision: Precision, simd: Simd, isShared = false): string =>
  path(`${precision}${simd === 'relaxed' ? '-relaxed' : ''}${isShared ? '-threads' : ''}.wasm`);

/** Cells with a kernel; the place in the list is the number that the modules know. Empty where nothing was built. */
export function knownCells(): string[] {
  const file = path('kernels.json');
  cells ??= existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cells: string[] }).cells : [];
  return [...cells];
}
let cells: string[] | undefined;

/** Relaxed SIMD is on from Node 22; Node 20 has it behind a flag, which is the user's to set. */
export function canRun(simd: Simd): boolean {
  const known = runnable.get(simd);
  if (known !== undefined) return known;
  const file = fileOf('f32', simd);
  const can = existsSync(file) && WebAssembly.validate(readFileSync(file));
  runnable.set(simd, can);
  return can;
}
const runnable = new Map<Simd, boolean>(); // a millisecond to find out

export function instantiate(precision: Precision, simd: Simd, memory: WebAssembly.Memory): Kernels {
  const file = fileOf(precision, simd, memory.buffer instanceof SharedArrayBuffer);
  const module = modules.get(file) ?? new WebAssembly.Module(readFileSync(file));
  modules.set(file, module);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { run, flush, begin, apply, ...globals } = exports as unknown as Kernels & Record<string, WebAssembly.Global>;
  return { run, flush, begin, apply, globals: globals as unknown as Record<string, WebAssembly.Global> };
}
