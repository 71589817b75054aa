/** agent-state gradcheck <cell> <estimator>: is this gradient true, and if not, how far off? */
import { gradientCheck } from '../gradient-check.ts';
import { resolvePart } from '../resolve-part.ts';
import { parseRooted } from './overrides.ts';
import { printJson } from './print-json.ts';

export async function gradcheckCommand(
  cell: string,
  estimator: string,
  options: { set: readonly string[]; json?: boolean },
): Promise<void> {
  const given = parseRooted(options.set, ['cell', 'estimator']);
  const cells = await resolvePart('cells', { ...given['cell'], id: cell });
  const estimators = await resolvePart('estimators', { ...given['estimator'], id: estimator });
  const found = gradientCheck({
    cellPart: cells.part,
    cellOptions: cells.options,
    estimatorPart: estimators.part,
    estimatorOptions: estimators.options,
  });
  if (options.json) return printJson({ cell, estimator, ...found });
  console.log(`${estimator} on ${cell}, 30 steps, theta fixed, sum of squared errors`);
  console.log(`  cosine with RTRL               ${show(found.cosine)}`);
  console.log(`  relative error against RTRL    ${show(found.relativeError)}`);
  console.log(`  against back-propagation       ${show(found.versusBptt)}`);
  console.log(`  against finite differences     ${show(found.versusFiniteDifferences)}`);
}

const show = (value: number | null): string => (value === null ? '- (nothing to compare)' : value.toPrecision(6));
