/** Kernels in a browser: fetched or given, and what is said where they cannot be had. */
import { readFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';

type Kernels = typeof import('../../dist/src/browser/kernels.js');
const bytes = readFileSync('dist/src/kernels/f32.wasm');
const memory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 1, maximum: 1 });

let kernels: Kernels;
beforeEach(async () => {
  vi.resetModules();
  kernels = await import('../../dist/src/browser/kernels.js');
});

/** Answers every fetch alike; returns the addresses. */
function answering(response: () => Response): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: URL) => {
    asked.push(String(url).replace(/^.*\//, ''));
    return response();
  });
  return asked;
}

it('are fetched once, as a stream where the server knows their type', async () => {
  for (const type of ['application/wasm', 'application/octet-stream']) {
    vi.resetModules();
    const fresh: Kernels = await import('../../dist/src/browser/kernels.js');
    const asked = answering(() => new Response(bytes, { headers: { 'content-type': type } }));
    expect(fresh.knownCells()).toEqual([]);
    await Promise.all([fresh.loadKernels(), fresh.loadKernels({ precision: 'f32' })]);
    await fresh.loadKernels();
    expect(asked.sort()).toEqual(['f32.wasm', 'f64.wasm']);
    expect(fresh.knownCells()).toContain('lstm');
    expect([fresh.canRun('deterministic'), fresh.canRun('relaxed')]).toEqual([true, false]);
  }
});

it('are not fetched for the reference path', async () => {
  const asked = answering(() => new Response(bytes));
  await kernels.loadKernels({ path: 'reference' });
  expect(asked).toEqual([]);
});

it('that cannot be had are a reason, or an error where they were asked for; the next learner tries again', async () => {
  const asked = answering(() => new Response('', { status: 404 }));
  await kernels.loadKernels({ precision: 'f32' });
  expect(kernels.whyNoKernels()).toBe('the kernels are not loaded: f32.wasm was answered with status 404');
  expect(kernels.knownCells()).toEqual([]);
  await expect(kernels.loadKernels({ path: 'compiled', precision: 'f32' })).rejects.toThrow(
    'Cannot take the compiled path: the kernels are not loaded: f32.wasm was answered with status 404',
  );
  expect(asked).toHaveLength(2);
});

it.each([
  ['bytes', () => bytes],
  ['a module', () => new WebAssembly.Module(bytes)],
])('may be given as %s', async (_, source) => {
  const asked = answering(() => new Response('', { status: 404 }));
  kernels.useKernels('f32', source());
  await kernels.loadKernels({ path: 'compiled', precision: 'f32' });
  expect(asked).toEqual([]);
  expect(kernels.instantiate('f32', 'deterministic', memory()).run).toBeTypeOf('function');
  expect(() => kernels.instantiate('f64', 'deterministic', memory())).toThrow('Cannot take the compiled path in f64');
  const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  expect(() => kernels.instantiate('f32', 'deterministic', shared)).toThrow('use threads 1');
});
