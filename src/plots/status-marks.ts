/** How the states of a run are drawn: told apart by colour, by lightness and by symbol. */

export const gridStatuses = ['done', 'running', 'interrupted', 'diverged', 'failed', 'missing'] as const;

export type GridStatus = (typeof gridStatuses)[number];

interface StatusMark {
  readonly fill: string;
  readonly ink: string; // of the symbol
  readonly path: string; // in a square from -1 to 1, stroked
}

export const statusMarks: Readonly<Record<GridStatus, StatusMark>> = {
  done: { fill: '#0072B2', ink: '#0072B2', path: '' },
  running: { fill: '#56B4E9', ink: '#000000', path: 'M-.4,-.6L.6,0L-.4,.6Z' },
  interrupted: { fill: '#E69F00', ink: '#000000', path: 'M-.35,-.6L-.35,.6M.35,-.6L.35,.6' },
  diverged: { fill: '#000000', ink: '#ffffff', path: 'M-.55,-.55L.55,.55M.55,-.55L-.55,.55' },
  failed: { fill: '#D55E00', ink: '#ffffff', path: 'M0,-.7L0,.15M0,.5L0,.7' },
  missing: { fill: '#ffffff', ink: '#999999', path: 'M-.3,0L.3,0' },
};
