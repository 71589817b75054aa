/**
 * Layer by layer, for stacks: exact recursion inside a layer, plain back-propagation between layers within the step
 * (as in Zucchet et al. 2023, whose layers are linear units). With l the layers, D_ll and I_l their own blocks,
 *   J_l(t) = D_ll J_l(t-1) + I_l                                                     (1)
 *   q~_l = q_l + sum over layers u above of (ds_u / do_l)' q_u,   all at this step     (2)
 *   dL/dtheta_l ~= q~_l' J_l                                                         (3)
 * What an upper layer remembers of a lower one is left out: exact where what is above has no recurrence of its own,
 * biased elsewhere, by how much `agent-state gradcheck` tells. Where layers read one step late there is no (ds_u / do_l):
 * a lower layer learns from what heads read of it. On a cell that is no stack this is RTRL.
 */
import { z } from 'zod';
import { dynamicsLive, dynamicsMacs, dynamicsPattern } from '../dynamics-structure.ts';
import { panels } from '../panels.ts';
import { definePart } from '../part.ts';
import { reached } from '../reach.ts';
import { joined, named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds, Rows } from '../types.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'zucchet2023online',
  summary: 'stacks: real-time recurrent learning inside each layer, back-propagation between layers within the step',
  options: z.strictObject({}),
  create(_options, _rng, { cell }) {
    const { rows, components: b } = cell;
    const linkUnit = rows.stack?.linkUnit ?? new Int32Array(0);
    const linkEntry = rows.stack?.linkEntry ?? new Int32Array(0);
    const readout = Int32Array.from(new Set([...cell.readout, ...linkEntry])); // what q~ reads
    const influence = panels({ ...cell, readout }, ownLayer(rows));
    const links = new Float64Array(linkUnit.length * b); // [links x b] ds_u / do_l
    const error = new Float64Array(cell.units * b); // q~
    const below = new Float64Array(error.length);
    const stored = named({ links }, () => links.fill(0));
    return {
      ...joined({ layers: influence, between: stored }, () => {
        influence.reset();
        stored.reset();
      }),
      needs: ['values'],
      noKernel: 'it is for stacks, which have none',
      exactOn,
      cost: {
        entries: influence.entries + links.length,
        macsPerStep: influence.macs + links.length + dynamicsMacs(rows, 'values'),
      },
      update(d) {
        for (let i = 0; i < links.length; i++) links[i] = d.lane.work[i]!;
        influence.update(d); // (1)
      },
      pull(q, out) {
        error.set(q);
        for (let i = 0; i < linkUnit.length; i++) {
          const at = linkUnit[i]! * b;
          let through = 0;
          for (let c = 0; c < b; c++) through += links[i * b + c]! * q[at + c]!;
          error[linkEntry[i]!]! += through; // (2)
        }
        influence.pull(error, out); // (3)
      },
      push(v, out) {
        influence.push(v, below);
        out.set(below);
        for (let i = 0; i < linkUnit.length; i++) {
          const at = linkUnit[i]! * b;
          for (let c = 0; c < b; c++) out[at + c]! += links[i * b + c]! * below[linkEntry[i]!]!;
        }
      },
    };
  },
});

const layerOf = ({ stack, components: b }: Rows, entry: number): number =>
  stack?.layerOfUnit[Math.floor(entry / b)] ?? 0;

/** The layer that a row belongs to: that of its own unit. */
const layerOfRow = (rows: Rows, r: number): number => layerOf(rows, rows.dest[rows.destStart[r]!]! * rows.components);

/** All that a row ever moves inside its layer: what leads from a layer upwards never comes back. */
function ownLayer(rows: Rows): Int32Array[] {
  return reached(rows, Infinity, 'strict').map((set, r) =>
    set.filter((entry) => layerOf(rows, entry) === layerOfRow(rows, r)),
  );
}

/** True iff no entry above that a row reaches is fed by another one above, or from below but by (2). */
function exactOn(rows: Rows): boolean {
  if (!rows.stack) return true;
  const sources = feeds(rows);
  const known = byLinks(rows, sources);
  const held = new Set<Int32Array>(); // sets found to be so; many rows share one
  return reached(rows, Infinity, 'strict').every((set, r) => {
    if (rows.start[r] === rows.start[r + 1] || held.has(set)) return true;
    held.add(set);
    const layer = layerOfRow(rows, r);
    const inside = new Set(set);
    return [...set].every((entry) => {
      if (layerOf(rows, entry) === layer) return true;
      return sources[entry]!.every(
        (from) => !inside.has(from) || (layerOf(rows, from) === layer && known[entry]!.has(from)),
      );
    });
  });
}

/** For every state entry those of the step before that D lets in. */
function feeds(rows: Rows): number[][] {
  const b = rows.components;
  const pattern = dynamicsPattern(rows);
  const live = dynamicsLive(rows, pattern);
  return Array.from({ length: rows.units * b }, (_, entry) => {
    const unit = Math.floor(entry / b);
    const found: number[] = [];
    for (let s = pattern.start[unit]!; s < pattern.start[unit + 1]!; s++) {
      for (let c = 0; c < b; c++) if (live[s * b * b + (entry % b) * b + c]) found.push(pattern.column[s]! * b + c);
    }
    return found;
  });
}

/** For every state entry those of the step before that come in through links: what moves an output that moves it. */
function byLinks({ stack, components: b }: Rows, sources: readonly (readonly number[])[]): Set<number>[] {
  const found = sources.map(() => new Set<number>());
  stack?.linkUnit.forEach((unit, i) => {
    for (let c = 0; c < b; c++) for (const from of sources[stack.linkEntry[i]!]!) found[unit * b + c]!.add(from);
  });
  return found;
}
