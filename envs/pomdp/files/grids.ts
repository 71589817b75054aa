/** Mazes drawn as maps, in which several places look alike. */

type Place = readonly [row: number, column: number];
const compass = ['n', 'e', 's', 'w'] as const; // clockwise; the problems number their actions n s e w
const moves: readonly Place[] = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
];

class Grid {
  readonly places: Place[] = []; // row by row; their numbers are the states
  private readonly map: readonly string[];

  constructor(map: readonly string[]) {
    this.map = map;
    map.forEach((row, r) => [...row].forEach((mark, c) => (mark === '#' ? undefined : this.places.push([r, c]))));
  }

  /** Number of the place with this mark. */
  find(mark: string): number {
    return this.places.findIndex(([r, c]) => this.map[r]![c] === mark);
  }

  isWall([r, c]: Place, direction: number): boolean {
    const [dr, dc] = moves[direction]!;
    const mark = this.map[r + dr]?.[c + dc];
    return mark === undefined || mark === '#';
  }

  /** Where a move leads: into a wall, nowhere. */
  go(state: number, direction: number): number {
    const place = this.places[state]!;
    if (this.isWall(place, direction)) return state;
    const [dr, dc] = moves[direction]!;
    return this.places.findIndex(([r, c]) => r === place[0] + dr && c === place[1] + dc);
  }
}

const turned = (direction: number, by: number): number => (direction + by + 4) % 4;
const states = ({ places }: Grid): string => places.map((_, i) => `place-${i}`).join(' ');

/**
 * The cheese maze (McCallum 1993): three dead ends below a corridor, the cheese in the middle one. A place shows the
 * walls around it, seven kinds in all; whoever gets the cheese starts again anywhere else.
 */
export function cheese(): string {
  const grid = new Grid(['.....', '.#.#.', '.#$#.']);
  const goal = grid.find('$');
  const look = (i: number): string =>
    i === goal ? 'cheese' : `walls-${compass.filter((_, d) => grid.isWall(grid.places[i]!, d)).join('')}`;
  const looks = grid.places.map((_, i) => look(i));
  const lines = ['discount: 0.95', 'values: reward', `states: ${states(grid)}`, 'actions: n s e w'];
  lines.push(`observations: ${[...new Set(looks)].join(' ')}`, `start exclude: place-${goal}`);
  grid.places.forEach((_, i) => {
    compass.forEach((name, d) => lines.push(`T: ${name} : ${i} : ${grid.go(i, d)} 1`));
    lines.push(`O: * : ${i} : ${looks[i]} 1`);
  });
  lines.push(`T: * : ${goal} reset`, `R: * : * : ${goal} : * 1`);
  return lines.join('\n');
}

/**
 * Russell's 4 x 3 grid, seen through two wall detectors (Parr & Russell 1995): a move goes where it should 8 times in
 * 10, and to either side once. Every step costs 0.04; acting in a goal pays 1 or -1 and leads to any other place.
 * The classic file misprints one slip, to the south from the third place of the bottom row: it leads one place back to
 * the west, instead of nowhere. It is kept, since published values come from that file; without it V* is 2.025.
 */
export function maze4x3(): string {
  const grid = new Grid(['...+', '.#.-', '....']);
  const [good, bad] = [grid.find('+'), grid.find('-')];
  const lines = ['discount: 0.95', 'values: reward', `states: ${states(grid)}`, 'actions: n s e w'];
  lines.push('observations: left right neither both good bad', `start exclude: ${good} ${bad}`);
  grid.places.forEach((place, i) => {
    compass.forEach((name, d) => {
      const p = new Map<number, number>();
      for (const [by, chance] of [
        [0, 0.8],
        [1, 0.1],
        [-1, 0.1],
      ] as const) {
        const to = grid.go(i, turned(d, by));
        p.set(to, (p.get(to) ?? 0) + chance);
      }
      for (const [to, chance] of p) lines.push(`T: ${name} : ${i} : ${to} ${chance}`);
    });
    const detected = Number(grid.isWall(place, 3)) + 2 * Number(grid.isWall(place, 1));
    const look = i === good ? 'good' : i === bad ? 'bad' : ['neither', 'left', 'right', 'both'][detected]!;
    lines.push(`O: * : ${i} : ${look} 1`);
  });
  const misprinted = grid.places.length - 2;
  lines.push(`T: e : ${misprinted} : ${misprinted} 0`, `T: e : ${misprinted} : ${misprinted - 1} 0.1`);
  lines.push(`T: * : ${good} reset`, `T: * : ${bad} reset`, 'R: * : * : * : * -0.04');
  lines.push(`R: * : ${good} : * : * 1`, `R: * : ${bad} : * : * -1`);
  return lines.join('\n');
}
