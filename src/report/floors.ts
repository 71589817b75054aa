/** The error floors of an environment, where they belong to what is scored. */
import type { ReferenceLine } from '../plots/y-domain.ts';
import { floorsOf } from '../run/result.ts';
import type { Setting } from '../run/setting.ts';
import { loadWorld } from '../run/world.ts';
import { isExpected } from '../user-error.ts';

export interface Floors {
  readonly lines: readonly ReferenceLine[];
  readonly problems: readonly string[];
}

/** An environment that can no longer be made costs the lines, not the report. */
export async function floorsOfTask(setting: Setting): Promise<Floors> {
  try {
    const env = (await loadWorld(setting.env)).make();
    const floors = floorsOf(setting, env.metadata);
    env.close();
    if (floors === null) return { lines: [], problems: [] };
    const named = { 'best constant': floors.constant, 'timing alone': floors.timing, ideal: floors.ideal };
    const lines = Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
    return { lines, problems: [] };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { lines: [], problems: [`Pictures are without the environment's error floors: ${error.message}.`] };
  }
}
