import { hasLanes } from '../agent.ts';
import { prepare } from './prepare.ts';
import { prepareLanes } from './prepare-lanes.ts';

/** A run of one lane or of several. */
export const prepareRun: typeof prepare = (setting, ...rest) =>
  (hasLanes(setting.agent) ? prepareLanes : prepare)(setting, ...rest);
