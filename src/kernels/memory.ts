/** A planned memory made real: globals, tables and constants written where the layout put them. */
import type { Layout } from './layout.ts';
import type { Kernels } from './module.ts';

const PAGE = 65536; // bytes of a WebAssembly page

export const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE);

export function setGlobals({ globals }: Kernels, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) globals[name]!.value = value;
}

export function initialise(
  { globals, tables, constants }: Pick<Layout, 'globals' | 'tables' | 'constants'>,
  kernels: Kernels,
  memory: WebAssembly.Memory,
): void {
  setGlobals(kernels, globals);
  for (const [address, numbers] of tables) new Int32Array(memory.buffer, address, numbers.length).set(numbers);
  const view = new DataView(memory.buffer);
  for (const [address, type, value] of constants) {
    if (type === 'f32') view.setFloat32(address, value, true);
    else view.setFloat64(address, value, true);
  }
}
