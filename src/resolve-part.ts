/**
 * From a choice { id, ...options } to a part with every option filled in. Two are made of several parts, and have no
 * file: the cell `stack` with `layers`, each a choice of a cell, and an estimator with `groups`, each a choice of an
 * estimator for some of the parameters.
 */
import { z } from 'zod';
import type { Choice } from './agent.ts';
import { parseOptions } from './options.ts';
import { perGroup, SOURCE_KINDS } from './per-group.ts';
import type { Kind, Kinds } from './kinds.ts';
import { isPath, loadPart, wholePath } from './registry.ts';
import { stack } from './stack.ts';
import type { Cell, CellNeeds, Estimator, EstimatorNeeds, Part, Rng } from './types.ts';
import { oneLine, UserError } from './user-error.ts';

type Options = Record<string, unknown>;
type Needs<K extends Kind> = Parameters<Kinds[K]['create']>[2];
type Made<K extends Kind> = ReturnType<Kinds[K]['create']>;

export interface ResolvedPart<K extends Kind = Kind> {
  readonly part: Kinds[K];
  readonly options: Options; // complete, without the id; `part.options` takes them as they are
  readonly choice: Choice; // the same with the id; paths are whole
  create(rng: Rng, needs: Needs<K>): Made<K>;
}

export async function resolvePart<K extends Kind>(kind: K, choice: Choice): Promise<ResolvedPart<K>> {
  if (kind === 'cells' && choice.id === 'stack') return (await resolveStack(choice)) as unknown as ResolvedPart<K>;
  const { id, ...given } = choice;
  const part = await loadPart(kind, id);
  if (kind === 'estimators' && 'groups' in given && !hasOption(part.options, 'groups')) {
    return (await resolveGroups(choice)) as unknown as ResolvedPart<K>;
  }
  const options = parseOptions(part.options, given, `set up ${id} (${kind})`) as Options;
  return resolved(kind, id, part, options);
}

/** A run may be resumed from any folder, so a path is kept whole. */
function resolved<K extends Kind>(kind: K, id: string, part: Kinds[K], options: Options): ResolvedPart<K> {
  return {
    part,
    options,
    choice: { ...options, id: isPath(id) ? wholePath(id) : id },
    create(rng, needs) {
      try {
        return part.create(options, rng, needs as never) as Made<K>;
      } catch (error) {
        throw isPath(id) ? oneLine(`create ${id} (${kind})`, error) : error;
      }
    },
  };
}

const hasOption = (schema: z.ZodType, name: string): boolean => name in ((schema as { shape?: object }).shape ?? {});

const choice = z.looseObject({ id: z.string().min(1) });
const stackOptions = z.strictObject({
  layers: z.array(choice).min(1).describe('cells from the bottom up'),
  delayed: z.boolean().default(false).describe('a layer reads the one below as it was one step ago'),
  skip: z.boolean().default(false).describe('upper layers read the observation too'),
  heads: z.enum(['top', 'all']).default('top').describe('whose outputs heads read'),
});

async function resolveStack({ id, ...given }: Choice): Promise<ResolvedPart<'cells'>> {
  if (given['layers'] === undefined) {
    throw new UserError(
      'Cannot set up stack (cells): it has no layers; name some, as in layers=[{"id":"gru"},{"id":"lstm"}]',
    );
  }
  const { layers: chosen, ...options } = parseOptions(stackOptions, given, 'set up stack (cells)');
  const layers = await Promise.all(chosen.map((layer) => resolvePart('cells', layer)));
  const part: Part<unknown, CellNeeds, Cell> = {
    cite: 'pascanu2014construct',
    summary: 'cells on top of each other',
    options: stackOptions,
    create(_options, rng, { inputSize }) {
      const cells: Cell[] = [];
      for (const layer of layers) {
        const below = cells.at(-1);
        const size = below ? below.readout.length + (options.skip ? inputSize : 0) : inputSize;
        cells.push(layer.create(rng, { inputSize: size }));
      }
      return stack(cells, options);
    },
  };
  return resolved('cells', id, part, { ...options, layers: layers.map((layer) => layer.choice) });
}

const groupOptions = z.array(
  z.looseObject({
    match: z.string().min(1).default('*').describe('names of parameter groups; * stands for any text'),
    reads: z.enum(SOURCE_KINDS).nullable().default(null).describe('what the parameters are multiplied with; null: all'),
    id: z.string().min(1),
  }),
);

async function resolveGroups({ id, groups: given, ...rest }: Choice): Promise<ResolvedPart<'estimators'>> {
  const base = await resolvePart('estimators', { id, ...rest });
  const chosen = parseOptions(z.strictObject({ groups: groupOptions }), { groups: given }, `set up ${id} (estimators)`);
  const members = await Promise.all(
    chosen.groups.map(async ({ match, reads, ...member }) => {
      return { match, reads, estimator: await resolvePart('estimators', member) };
    }),
  );
  const part: Part<unknown, EstimatorNeeds, Estimator> = {
    cite: base.part.cite,
    summary: `${base.part.summary}; others for some groups of parameters`,
    options: z.looseObject({}),
    create: (_options, rng, { cell }) =>
      perGroup(cell, members, (i, some) => (members[i]?.estimator ?? base).create(rng, { cell: some })),
  };
  const groups = members.map(({ match, reads, estimator }) => ({ match, reads, ...estimator.choice }));
  return resolved('estimators', id, part, { ...base.options, groups });
}
