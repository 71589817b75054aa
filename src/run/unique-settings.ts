import { settingHash } from '../results/setting-hash.ts';
import { resolveSetting, type Setting } from './setting.ts';

/** Resolved, each once: settings that become alike when their defaults are filled in are one. */
export async function uniqueSettings(inputs: readonly object[]): Promise<Setting[]> {
  const found = new Map<string, Setting>();
  for (const input of inputs) {
    const setting = await resolveSetting(input);
    const hash = settingHash(setting);
    if (!found.has(hash)) found.set(hash, setting);
  }
  return [...found.values()];
}
