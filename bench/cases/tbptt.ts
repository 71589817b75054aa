/** Rolling truncated back-propagation, which does its window anew at every step: compiled and reference. */
import type { Effort } from '../effort.ts';
import { type CaseResult, measure } from '../measure.ts';
import { progress } from '../progress.ts';
import { recipe, rule } from '../recipes.ts';

export async function tbpttCase(effort: Effort): Promise<CaseResult> {
  progress('lstm 32x8 TBPTT');
  const agent = recipe({ id: 'lstm', units: 32 }, { id: 'tbptt', window: 10 }, rule('td-lambda', 32));
  const [result] = await measure([{ name: 'lstm/tbptt-10/td-lambda', size: '32x8', agent, inputSize: 8 }], effort);
  return result!;
}
