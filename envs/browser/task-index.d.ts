/** What browser/build.mjs makes of the folder tasks/. */
import type { EnvPart } from '../part.ts';

export const tasks: Readonly<Record<string, () => Promise<{ readonly default: EnvPart }>>>;
/** Tasks that need more than a browser has: id -> what. */
export const left: Readonly<Record<string, string>>;
