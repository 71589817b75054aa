/** Growth of a net that lanes share: one structure, which every lane's influence follows, and one clock. */
import { named } from '../stateful.ts';
import type { Growth, GrowthNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';

export interface GrowthOfLanes {
  /** Of one lane: it tells what its errors are due to. */
  join(site: GrowthNeeds): Growth;
  /** Once all have joined: that of the weights which they share. */
  create(shared: Pick<GrowthNeeds, 'groups' | 'rule'>): Growth;
}

export function growthOfLanes(make: (learner: GrowthNeeds) => Growth): GrowthOfLanes {
  const sites: GrowthNeeds[] = [];
  let growth: Growth | null = null;
  return {
    join(site) {
      sites.push(site);
      return {
        ...named({}, () => undefined),
        macsPerStep: 0,
        noKernel: 'one for all lanes',
        blame: (lane, q, error, late) => growth?.blame?.(lane, q, error, late),
        step: () => undefined,
      };
    },
    create(shared) {
      growth = make({
        ...sites[0]!,
        ...shared,
        forget: (unit) => sites.forEach((site) => site.forget(unit)),
        restructure: (rows) => sites.forEach((site) => site.restructure(rows)),
      });
      if (!growth.shape) throw new UserError('Cannot grow units in lanes: set growth to none');
      return growth;
    },
  };
}
