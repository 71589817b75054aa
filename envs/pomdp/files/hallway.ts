/** Hallway (Littman, Cassandra & Kaelbling 1995): fifteen places, four headings, noisy moves and noisy sight of walls. */

// Places 0 .. 10 are the corridor from west to east; 11 .. 14 are rooms south of 2, 4, 6, 8, the last is the goal.
const corridor = 11;
const rooms = [2, 4, 6, 8];
const goal = 14;
const [seesWall, seesNoWall] = [0.9, 0.95];

/** The place next to a place, heading north, east, south or west (0 .. 3); -1 is a wall. */
function beside(place: number, heading: number): number {
  if (place >= corridor) return heading === 0 ? rooms[place - corridor]! : -1;
  if (heading === 1) return place + 1 < corridor ? place + 1 : -1;
  if (heading === 3) return place - 1;
  return heading === 2 && rooms.includes(place) ? corridor + rooms.indexOf(place) : -1;
}

const headed = (heading: number, by: number): number => (heading + by) % 4;
const state = (place: number, heading: number): number => 4 * place + heading;

/** Where going forward ends: ahead 80 times in 100, aside or back now and then; what a wall stops stays, as do the rest. */
function forward(place: number, heading: number): Map<number, number> {
  const p = new Map<number, number>();
  const add = (to: number, chance: number): void => void p.set(to, (p.get(to) ?? 0) + chance);
  const here = state(place, heading);
  const way = (by: number, chance: number, headings: readonly number[]): void => {
    const to = beside(place, headed(heading, by));
    for (const turned of headings) add(to < 0 ? here : state(to, headed(heading, turned)), chance / headings.length);
  };
  way(0, 0.8, [0]);
  way(1, 0.05, [1]);
  way(3, 0.05, [3]);
  way(2, 0.05, [0, 2]); // backwards, or turned round
  add(here, 0.05);
  return p;
}

/** Chances to end up turned right, round, left of where one heads: actions right, round, left. */
const turns: readonly (readonly [action: string, chances: readonly number[]])[] = [
  ['right', [0.1, 0.7, 0.1, 0.1]],
  ['round', [0.1, 0.15, 0.6, 0.15]],
  ['left', [0.1, 0.1, 0.1, 0.7]],
];

/** One of sixteen patterns of walls ahead (8), right (4), behind (2), left (1), each seen with its own noise. */
function walls(place: number, heading: number): number[] {
  return Array.from({ length: 16 }, (_, seen) =>
    [8, 4, 2, 1].reduce((p, bit, by) => {
      const isWall = beside(place, headed(heading, by)) < 0;
      const isSeen = (seen & bit) > 0;
      return p * (isWall ? (isSeen ? seesWall : 1 - seesWall) : isSeen ? 1 - seesNoWall : seesNoWall);
    }, 1),
  );
}

/** Observations 16 .. 19 are landmarks, seen for sure when looking into a room; 20 is the goal. */
function sight(place: number, heading: number): number[] {
  const landmark = place === goal ? 4 : heading === 2 ? rooms.indexOf(place) : -1;
  if (landmark < 0) return [...walls(place, heading), 0, 0, 0, 0, 0];
  return Array.from({ length: 21 }, (_, o) => (o === 16 + landmark ? 1 : 0));
}

/** Reaching the goal pays 1; the next action leads anywhere else. */
export function hallway(): string {
  const goals = [0, 1, 2, 3].map((heading) => state(goal, heading));
  const lines = ['discount: 0.95', 'values: reward', 'states: 60'];
  lines.push('actions: stay forward right round left', 'observations: 21', `start exclude: ${goals.join(' ')}`);
  lines.push('T: stay identity');
  for (let s = 0; s < 60; s++) {
    const [place, heading] = [Math.floor(s / 4), s % 4];
    for (const [to, chance] of forward(place, heading)) lines.push(`T: forward : ${s} : ${to} ${chance}`);
    for (const [action, chances] of turns) {
      chances.forEach((chance, by) =>
        lines.push(`T: ${action} : ${s} : ${state(place, headed(heading, by))} ${chance}`),
      );
    }
    lines.push(`O: * : ${s}`, sight(place, heading).join(' '));
  }
  for (const s of goals) lines.push(`T: * : ${s} reset`, `R: * : * : ${s} : * 1`);
  return lines.join('\n');
}
