/** A playground's setting: checked where it comes in, with every default filled in, and as a page's address carries it. */
import { makeEnv } from '@rl-tools/envs';
import { z } from 'zod';
import { agentSchema } from '../agent.ts';
import { parseOptions } from '../options.ts';
import { UserError } from '../user-error.ts';
import { presetAgent } from './presets.ts';
import type { PlaygroundSetting, PlaygroundView } from './protocol.ts';

export const MOST_CODE = 10_000; // characters of the visitor's own lines

const settingSchema = z.strictObject({
  env: z.looseObject({ id: z.string().min(1).max(100) }),
  agent: agentSchema.optional(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  discount: z.number().min(0).max(1).nullable().default(null),
  path: z.enum(['auto', 'reference', 'compiled']).default('auto'),
  precision: z.enum(['auto', 'f32', 'f64']).default('auto'),
});

/** With every default; what is wrong becomes one line. */
export function completeSetting(given: unknown): Required<PlaygroundSetting> {
  const setting = parseOptions(settingSchema, given, 'start the playground');
  const code = setting.env['code'];
  if (setting.env.id === 'own' && (typeof code !== 'string' || code.length > MOST_CODE)) {
    throw new UserError(
      `Cannot start the playground: your own lines must be a text of at most ${MOST_CODE} characters`,
    );
  }
  return { ...setting, agent: setting.agent ?? presetAgent(setting.env.id) };
}

/** A task by id, whatever files a page could name. */
export function makeTask({ id, ...options }: PlaygroundSetting['env']): ReturnType<typeof makeEnv> {
  return makeEnv(id, options);
}

const viewSchema = z.strictObject({
  speed: z.number().gt(0).nullable(),
  window: z.number().int().min(16).max(2048),
});

export function changeView(view: PlaygroundView, change: unknown): PlaygroundView {
  return parseOptions(viewSchema, { ...view, ...(change as object) }, 'change the playground');
}

/** The part of an address behind the #: short, and nothing that a server ever sees. */
export const toHash = (setting: PlaygroundSetting): string => `#${encodeURIComponent(JSON.stringify(setting))}`;

/** null: it carries none. Throws where what it carries is no setting. */
export function fromHash(hash: string): PlaygroundSetting | null {
  if (hash.length <= 1) return null;
  if (hash.length > 8 * MOST_CODE) throw new UserError('Cannot read the setting in this address: it is too long');
  let setting: unknown;
  try {
    setting = JSON.parse(decodeURIComponent(hash.slice(1)));
  } catch (error) {
    throw new UserError('Cannot read the setting in this address: it is damaged', { cause: error });
  }
  return completeSetting(setting);
}
