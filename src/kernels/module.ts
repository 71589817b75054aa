/**
 * The WebAssembly modules on disk: one per precision and SIMD flavour, compiled once per process. A browser has
 * src/browser/kernels.ts in this file's place.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileName, instanceOf, type Kernels, type LoadOptions, type Precision, type Simd } from './instance.ts';

export type { Kernels, Precision, Simd } from './instance.ts';

/** Compiled files lie in dist, where the TypeScript sources are run as they are, too. */
const folder = new URL(import.meta.url.endsWith('.ts') ? '../../dist/src/kernels/' : './', import.meta.url);
const path = (file: string): string => fileURLToPath(new URL(file, folder));
const modules = new Map<string, WebAssembly.Module>();

/** Before a learner is made: here nothing, a disk is read when it is asked. */
export const loadKernels: (options?: LoadOptions) => Promise<void> = async () => undefined;

/** Cells with a kernel; the place in the list is the number that the modules know. Empty where nothing was built. */
export function knownCells(): string[] {
  const file = path('kernels.json');
  cells ??= existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cells: string[] }).cells : [];
  return [...cells];
}
let cells: string[] | undefined;

/** Of an empty list of cells. */
export const whyNoKernels = (): string => 'the kernels are not built (npm run build)';

/** Relaxed SIMD is on from Node 22; Node 20 has it behind a flag, which is the user's to set. */
export function canRun(simd: Simd): boolean {
  const known = runnable.get(simd);
  if (known !== undefined) return known;
  const file = path(fileName('f32', simd));
  const can = existsSync(file) && WebAssembly.validate(readFileSync(file));
  runnable.set(simd, can);
  return can;
}
const runnable = new Map<Simd, boolean>(); // a millisecond to find out

export function instantiate(precision: Precision, simd: Simd, memory: WebAssembly.Memory): Kernels {
  const file = path(fileName(precision, simd, memory.buffer instanceof SharedArrayBuffer));
  const module = modules.get(file) ?? new WebAssembly.Module(readFileSync(file));
  modules.set(file, module);
  return instanceOf(module, memory);
}
