/** Spaces: what observations and actions look like. One file per space under spaces/. */
export { box, type Box } from './spaces/box.ts';
export { discrete, type Discrete } from './spaces/discrete.ts';
export type { Space } from './spaces/space.ts';
