/** Two tables: how well gradients are aligned, and what that costs. */
import { markdownTable } from '../../src/plots/table.ts';
import { mean } from '../../src/statistics/mean.ts';
import type { Aligned } from './measure.ts';

interface Environment {
  readonly name: string;
  readonly runs: readonly (readonly Aligned[])[]; // one per net
}

export interface Net {
  readonly name: string;
  readonly environments: readonly Environment[];
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
        const [found] = find(environments[0]!, label);
        return [found?.us?.toPrecision(2) ?? '-', found ? (found.bytes / 1024).toFixed(0) : '-'];
      }),
    ]),
  );
}

const labels = (nets: readonly Net[]): string[] => [
  ...new Set(nets.flatMap((net) => net.environments.flatMap(({ runs }) => runs.flat().map(({ label }) => label)))),
];

const find = ({ runs }: Environment, label: string): Aligned[] =>
  runs.flatMap((run) => run.filter((aligned) => aligned.label === label));

/** "Exact" is known from the structure; the figure is shown as measured all the same. */
function cosineOf(environment: Environment, label: string): string {
  const found = find(environment, label);
  const cosines = found.flatMap(({ cosine }) => (cosine === null ? [] : [cosine]));
  if (cosines.length === 0) return '-';
  const text = mean(cosines).toFixed(2);
  if (found[0]!.gradient === 'exact') return `**${text}**`;
  return `${text} (${Math.min(...cosines).toFixed(2)} to ${Math.max(...cosines).toFixed(2)})`;
}
