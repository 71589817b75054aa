/** Mazes in which a sign at one place says which way to turn at another. */

/**
 * The T-maze of Bakker 2002 in the form of Allen et al. 2024: the start says up or down, `length` places follow that
 * look alike, then a junction. The right turn pays 4, the wrong one -0.1, both end it. Discount 0.9.
 */
export function tmaze(length: number): string {
  const junction = length + 1;
  const lines = ['discount: 0.9', 'values: reward'];
  const places = Array.from({ length: junction + 1 }, (_, i) => i);
  lines.push(`states: ${places.map((i) => `up-${i} down-${i}`).join(' ')} end`);
  lines.push('actions: up down right left', 'observations: says-up says-down corridor junction end');
  lines.push('start include: up-0 down-0', 'T: * identity');
  for (const sign of ['up', 'down']) {
    for (const i of places) {
      lines.push(`T: right : ${sign}-${i} : * 0`, `T: right : ${sign}-${i} : ${sign}-${Math.min(i + 1, junction)} 1`);
      lines.push(`T: left : ${sign}-${i} : * 0`, `T: left : ${sign}-${i} : ${sign}-${Math.max(i - 1, 0)} 1`);
      lines.push(`O: * : ${sign}-${i} : ${i === 0 ? `says-${sign}` : i === junction ? 'junction' : 'corridor'} 1`);
    }
    for (const turn of ['up', 'down']) {
      lines.push(`T: ${turn} : ${sign}-${junction} : * 0`, `T: ${turn} : ${sign}-${junction} : end 1`);
      lines.push(`R: ${turn} : ${sign}-${junction} : end : * ${turn === sign ? 4 : -0.1}`);
    }
  }
  lines.push('O: * : end : end 1');
  return lines.join('\n');
}

/** Moves of one world, by the number of a place; places 4 and 6 end it, 9 is the priest's. */
const ways = ['n 0 1', 's 0 7', 'n 1 2', 's 1 0', 's 2 1', 'e 2 5', 'w 2 3', 'e 3 2', 'w 3 4', 'e 5 6', 'w 5 2'];
ways.push('n 7 0', 'e 7 8', 'w 8 7', 'e 8 9', 'w 9 8');

/**
 * Heaven and hell (Geffner & Bonet 1998, after Thrun): places 4 3 2 5 6 in a row, 1 and 0 below its middle, then 7 8 9.
 * One end of the row is heaven (1), the other hell (-1), paid by any move there, which ends it; the priest at place 9
 * says which. Discount 0.99. The start is 0, in either world.
 */
export function heavenhell(): string {
  const places = Array.from({ length: 10 }, (_, i) => i);
  const lines = ['discount: 0.99', 'values: reward'];
  lines.push(`states: ${['left', 'right'].flatMap((w) => places.map((i) => `${w}-${i}`)).join(' ')} end`);
  lines.push(
    'actions: n s e w',
    `observations: ${places
      .slice(0, 9)
      .map((i) => `place-${i}`)
      .join(' ')} left right end`,
  );
  lines.push('start include: left-0 right-0', 'T: * identity');
  for (const world of ['left', 'right']) {
    for (const way of ways) {
      const [move, from, to] = way.split(' ');
      lines.push(`T: ${move} : ${world}-${from} : * 0`, `T: ${move} : ${world}-${from} : ${world}-${to} 1`);
    }
    for (const [place, side] of [
      [4, 'left'],
      [6, 'right'],
    ] as const) {
      lines.push(`T: * : ${world}-${place} : * 0`, `T: * : ${world}-${place} : end 1`);
      lines.push(`R: * : ${world}-${place} : * : * ${side === world ? 1 : -1}`);
    }
    for (const i of places) lines.push(`O: * : ${world}-${i} : ${i === 9 ? world : `place-${i}`} 1`);
  }
  lines.push('O: * : end : end 1');
  return lines.join('\n');
}
