/** The chain rule between the layers of a stack (src/stack.ts), as lists of products. */
import { blockFinder } from '../dynamics-structure.ts';
import type { Rows } from '../types.ts';
import { type Above, eachDirectRow, eachReading, gainEntry } from './links.ts';
import type { StackLayer } from './places.ts';

/** One layer's factors in the stack's, and sums of products that carry them upwards: three numbers per product. */
export interface StackTables {
  readonly gain: Int32Array; // [own destinations] -> destination of the stack
  readonly direct: Int32Array; // [own direct blocks] -> block of the stack
  readonly links: Int32Array; // (link, destination, parameter):  d s_u / d o_j += gain theta                      (1)
  readonly gains: Int32Array; // (destination above, number of own gain, link):  gain += own gain . d s_u / d o_j   (2)
  readonly directs: Int32Array; // (number of direct, number of own direct, link):  direct += d s_u / d o_j . direct  (3)
}

export function tablesOf(layers: readonly StackLayer[], l: number, above: readonly Above[], rows: Rows): StackTables {
  const { cell, unit, row } = layers[l]!;
  const { rows: own, readout, components: b } = cell;
  const { links } = above[l]!;
  const linked: number[] = []; // (1)
  const upper = layers[l + 1];
  if (links.some((units) => units.size > 0)) {
    eachReading(upper!, readout.length, (r, e, j) => {
      const entry = rows.start[upper!.row]! + e;
      for (let d = rows.destStart[upper!.row + r]!; d < rows.destStart[upper!.row + r + 1]!; d++) {
        linked.push(links[j]!.get(rows.dest[d]!)!, d, rows.param?.[entry] ?? entry);
      }
    });
  }
  const output = new Map(Array.from(readout, (entry, j) => [entry, j]));
  const gain: number[] = [];
  const gains: number[] = []; // (2)
  for (let r = 0; r < own.count; r++) {
    const at = new Map<number, number>(); // unit -> destination
    for (let d = rows.destStart[row + r]!; d < rows.destStart[row + r + 1]!; d++) at.set(rows.dest[d]!, d);
    for (let d = own.destStart[r]!; d < own.destStart[r + 1]!; d++) gain.push(at.get(unit + own.dest[d]!)!);
    for (let g = own.destStart[r]! * b; g < own.destStart[r + 1]! * b; g++) {
      const j = own.live[g] ? output.get(gainEntry(own, g)) : undefined;
      if (j !== undefined) links[j]!.forEach((link, u) => gains.push(at.get(u)!, g, link));
    }
  }
  const block = blockFinder(rows.direct);
  const direct: number[] = [];
  const directs: number[] = []; // (3)
  for (let v = 0; v < own.units; v++) {
    for (let s = own.direct.start[v]!; s < own.direct.start[v + 1]!; s++) {
      direct.push(block(unit + v, unit + own.direct.column[s]!));
    }
  }
  links.forEach((units, j) => {
    eachDirectRow(own, readout[j]!, (s, at) => {
      units.forEach((link, u) => {
        directs.push(block(u, unit + own.direct.column[s]!) * rows.components ** 2, at, link);
      });
    });
  });
  const list = (values: number[]): Int32Array => Int32Array.from(values);
  return { gain: list(gain), direct: list(direct), links: list(linked), gains: list(gains), directs: list(directs) };
}

/** Products that a layer's tables list, for own units of `few` components among units of b. */
export function tableMacs({ links, gains, directs }: StackTables, few: number, b: number): number {
  return (b * (links.length + gains.length + few * directs.length)) / 3;
}

/**
 * Where gains and direct are zero for every value of theta, x and s, as padding is. From the top down, for a link is as
 * live as the gains above.
 */
export function liveOf(layers: readonly StackLayer[], tables: readonly StackTables[], rows: Rows, linkCount: number) {
  const { components: b } = rows;
  const live = new Uint8Array(rows.live.length); // [destinations x b]
  const directLive = new Uint8Array(rows.directLive.length); // [direct blocks x b x b]
  const linkLive = new Uint8Array(linkCount * b); // [links x b]
  for (let l = layers.length - 1; l >= 0; l--) {
    const { gain, direct, links, gains, directs } = tables[l]!;
    const { rows: own, components: few } = layers[l]!.cell;
    own.live.forEach((value, g) => (live[gain[Math.floor(g / few)]! * b + (g % few)] = value));
    own.directLive.forEach((value, i) => {
      const at = direct[Math.floor(i / few ** 2)]! * b * b;
      directLive[at + Math.floor((i % few ** 2) / few) * b + (i % few)] = value;
    });
    for (let c = 0; c < b; c++) {
      for (let i = 0; i < links.length; i += 3) linkLive[links[i]! * b + c]! |= live[links[i + 1]! * b + c]!;
      for (let i = 0; i < gains.length; i += 3) live[gains[i]! * b + c]! |= linkLive[gains[i + 2]! * b + c]!;
      for (let i = 0; i < directs.length; i += 3) {
        const to = directs[i]! + c * b;
        const moved = linkLive[directs[i + 2]! * b + c]!;
        for (let j = 0; j < few; j++) directLive[to + j]! |= moved & own.directLive[directs[i + 1]! + j]!;
      }
    }
  }
  return { live, directLive };
}
