/** The error floors of an environment, where they belong to what is scored. */
import type { ReferenceLine } from '../plots/y-domain.ts';
import { referenceLines } from '../run/result.ts';
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
    const lines = referenceLines(setting, env.metadata);
    env.close();
    return { lines, problems: [] };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { lines: [], problems: [`Pictures are without the environment's error floors: ${error.message}.`] };
  }
}
