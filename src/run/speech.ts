/** An environment that hears what the learner puts on each class: its actions are the latest prediction. */
import type { ReportChunk } from '../chunk.ts';
import type { Policy } from '../interaction.ts';
import type { Learner } from '../learner.ts';

export interface Speech {
  readonly policy: Policy;
  /** After every step: what is said at the next. */
  hear(report: ReportChunk): void;
  /** What a learner that was restored said last. */
  recall(learner: Learner): void;
}

export function speak(classes: number): Speech {
  const said = new Float64Array(classes);
  return {
    policy: () => said,
    hear({ prediction, length }) {
      for (let k = 0; k < classes; k++) said[k] = prediction[(length - 1) * classes + k]!;
    },
    recall: (learner) => learner.read('learner.v_tm1', said),
  };
}
