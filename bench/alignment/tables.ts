/** Two tables: how well gradients are aligned, and what that costs. */
import { markdownTable } from '../../src/plots/table.ts';
import type { Aligned } from './measure.ts';

export interface Net {
  readonly name: string;
  readonly environments: readonly { readonly name: string; readonly alignments: readonly Aligned[] }[];
}

const right = (title: string) => ({ title, align: 'right' as const });

export function alignmentTable(nets: readonly Net[]): string {
  const environments = nets.flatMap(({ name, environments }) => environments.map((env) => `${name}, ${env.name}`));
  const columns = [{ title: 'estimator' }, ...environments.map(right)];
  return markdownTable(
    columns,
    labels(nets).map((label) => [label, ...nets.flatMap((net) => net.environments.map((env) => cosineOf(env, label)))]),
  );
}

export function costTable(nets: readonly Net[]): string {
  const columns = [{ title: 'estimator' }, ...nets.flatMap(({ name }) => [right(`${name}: us`), right('KiB')])];
  return markdownTable(
    columns,
    labels(nets).map((label) => [
      label,
      ...nets.flatMap(({ environments }) => {
        const found = find(environments[0]!, label);
        return [found?.us?.toPrecision(2) ?? '-', found ? (found.bytes / 1024).toFixed(0) : '-'];
      }),
    ]),
  );
}

const labels = (nets: readonly Net[]): string[] => [
  ...new Set(
    nets.flatMap(({ environments }) => environments.flatMap((env) => env.alignments.map(({ label }) => label))),
  ),
];

const find = ({ alignments }: Net['environments'][number], label: string): Aligned | undefined =>
  alignments.find((alignment) => alignment.label === label);

/** 1.000 is rounded; "exact" is known from the structure, and then the figure is shown as measured all the same. */
function cosineOf(environment: Net['environments'][number], label: string): string {
  const found = find(environment, label);
  if (!found || found.cosine === null) return '-';
  const text = found.cosine.toFixed(3);
  return found.gradient === 'exact' ? `**${text}**` : text;
}
