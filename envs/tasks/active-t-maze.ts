/**
 * Active T-maze (Ni et al. 2023, "When Do Transformers Shine in RL?"): the cue stands one step behind the start, so it
 * must be fetched first. Definition, layout and draws: mazes/horizon-maze.ts, with one square before the start.
 * Best return 1 (one step left, then straight on, then the right turn); who does not fetch the cue, or forgets it, gets
 * .5 on average. Discount .99.
 */
import { HorizonMaze, horizonMazeOptions as options } from '../mazes/horizon-maze.ts';
import { defineEnv } from '../part.ts';

export default defineEnv({
  cite: 'ni2023when',
  summary: 'a T-maze whose cue lies behind the start: fetch it, keep it, turn right',
  options,
  create: (chosen) => new HorizonMaze('active-t-maze', 1, chosen),
});
