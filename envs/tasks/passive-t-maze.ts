/**
 * Passive T-maze (Ni et al. 2023, "When Do Transformers Shine in RL?"): the cue is shown at the start, and must be kept
 * for `length` steps. Definition, layout and draws: mazes/horizon-maze.ts, with the cue where the agent starts.
 * Best return 1 (straight on, then the right turn); without memory of the cue .5 on average. Discount .99.
 */
import { HorizonMaze, horizonMazeOptions as options } from '../mazes/horizon-maze.ts';
import { defineEnv } from '../part.ts';

export default defineEnv({
  cite: 'ni2023when',
  summary: 'a T-maze that shows its cue at the start and leaves no step to spare: memory alone',
  options,
  create: (chosen) => new HorizonMaze('passive-t-maze', 0, chosen),
});
