/** What the figures were measured on. */
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

export function machine(): string {
  const date = new Date().toISOString().slice(0, 10);
  const node = ['Node', process.version, ...process.execArgv].join(' ');
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${node}, ${process.platform}, ${date}`;
}

/** Data caches of one core; 32 KiB and 1 MiB where the system does not tell. */
export function cacheBytes(): { readonly l1: number; readonly l2: number } {
  return { l1: cache(0) ?? 2 ** 15, l2: cache(2) ?? 2 ** 20 };
}

function cache(index: number): number | null {
  const file = `/sys/devices/system/cpu/cpu0/cache/index${index}/size`;
  const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  const [, count, unit] = /^(\d+)([KM])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * (unit === 'K' ? 2 ** 10 : 2 ** 20);
}
