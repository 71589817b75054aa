/**
 * The WebAssembly modules in a browser, in the place of src/kernels/module.ts: fetched from beside this file, compiled
 * while they arrive, once. `assemble` waits for those that it may need; where they cannot be had, the reference path runs
 * and says why. A page's Content-Security-Policy must allow 'wasm-unsafe-eval', and connect-src the files.
 */
import {
  fileName,
  instanceOf,
  type Kernels,
  type LoadOptions,
  type Precision,
  type Simd,
} from '../kernels/instance.ts';
import { UserError } from '../user-error.ts';
import { kernelCells } from './part-index.js';

export type { Kernels, Precision, Simd } from '../kernels/instance.ts';

/** Where a module comes from: an address, its bytes, or the module itself. */
export type KernelSource = URL | string | ArrayBuffer | Uint8Array | WebAssembly.Module;

// Spelled out one by one: this is the form in which bundlers find files and move them.
const sources = new Map<string, () => KernelSource>([
  ['f32.wasm', () => new URL('../kernels/f32.wasm', import.meta.url)],
  ['f64.wasm', () => new URL('../kernels/f64.wasm', import.meta.url)],
  ['f32-relaxed.wasm', () => new URL('../kernels/f32-relaxed.wasm', import.meta.url)],
  ['f64-relaxed.wasm', () => new URL('../kernels/f64-relaxed.wasm', import.meta.url)],
]);
const loading = new Map<string, Promise<void>>();
const modules = new Map<string, WebAssembly.Module>();
let failure = 'await loadKernels() first';

/** For a program whose bundler leaves the files behind (esbuild does), or that carries them itself. */
export function useKernels(precision: Precision, source: KernelSource, simd: Simd = 'deterministic'): void {
  const file = fileName(precision, simd);
  sources.set(file, () => source);
  loading.delete(file);
  modules.delete(file);
}

/** Throws where the compiled path was asked for and cannot be had. */
export async function loadKernels(options: LoadOptions = {}): Promise<void> {
  const { path = 'auto', precision = 'auto', simd = 'deterministic' } = options;
  if (path === 'reference') return;
  const files = (precision === 'auto' ? (['f32', 'f64'] as const) : [precision]).map((p) => fileName(p, simd));
  try {
    await Promise.all(files.map(load));
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    if (path === 'compiled') throw new UserError(`Cannot take the compiled path: ${whyNoKernels()}`, { cause: error });
  }
}

function load(file: string): Promise<void> {
  const known = loading.get(file);
  if (known) return known;
  const compiled = compile(file, sources.get(file)!()).then((module) => void modules.set(file, module));
  loading.set(file, compiled);
  compiled.catch(() => loading.delete(file)); // the next learner tries again
  return compiled;
}

async function compile(file: string, source: KernelSource): Promise<WebAssembly.Module> {
  if (source instanceof ArrayBuffer || source instanceof Uint8Array) return WebAssembly.compile(source);
  if (typeof source !== 'string' && !(source instanceof URL)) return source;
  const response = await fetch(source);
  if (!response.ok) throw new Error(`${file} was answered with status ${response.status}`);
  // A server that does not know the files' type would have the stream refused.
  const isTyped = response.headers.get('content-type')?.startsWith('application/wasm') === true;
  return isTyped ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Cells with a kernel; empty until modules are loaded. */
export const knownCells = (): string[] => (modules.size === 0 ? [] : [...kernelCells]);

export const whyNoKernels = (): string => `the kernels are not loaded: ${failure}`;

/** Loaded is compiled, and compiled is valid here. */
export const canRun = (simd: Simd): boolean => modules.has(fileName('f32', simd)) || modules.has(fileName('f64', simd));

export function instantiate(precision: Precision, simd: Simd, memory: WebAssembly.Memory): Kernels {
  if (!(memory.buffer instanceof ArrayBuffer))
    throw new UserError('Cannot run on two threads in a browser: use threads 1');
  const module = modules.get(fileName(precision, simd));
  if (!module) throw new UserError(`Cannot take the compiled path in ${precision}, ${simd}: ${whyNoKernels()}`);
  return instanceOf(module, memory);
}
