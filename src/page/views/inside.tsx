/** The inside of a run while it is lived: what it predicts, sees and holds, a few times a second. */
import { useMemo, useState } from 'preact/hooks';
import { showNumber } from '../parts/show.ts';
import { PlotGrid } from '../plots/plot-grid.tsx';
import { insideHeats, normsChart, stepCharts } from './inside-charts.ts';
import type { LiveQuestions, LiveWindow } from './live-window.ts';

interface InsideProps {
  readonly id: string;
  readonly window: LiveWindow;
  readonly lanes: number; // that live side by side
}

export function Inside({ id, window, lanes }: InsideProps) {
  const [question, setQuestion] = useState(0);
  const steps = useMemo(() => stepCharts(id, window, question), [id, window.steps, question]);
  const norms = useMemo(() => normsChart(id, window.slow), [id, window.slow]);
  const heats = useMemo(() => insideHeats(id, window), [id, window]);
  if (window.states.length === 0) return null;
  return (
    <section aria-labelledby="inside">
      <h2 id="inside">
        Inside{' '}
        <span class="faint small">
          {window.usPerStep === null ? '' : `${showNumber(window.usPerStep)} µs per step, what is watched included`}
        </span>
      </h2>
      {window.questions && <Questions of={window.questions} chosen={question} choose={setQuestion} />}
      {lanes > 1 && <p class="faint">Of {lanes} lanes, which live side by side, the first is seen here.</p>}
      <PlotGrid charts={[...steps, norms]} heats={heats} />
    </section>
  );
}

interface QuestionsProps {
  readonly of: LiveQuestions;
  readonly chosen: number;
  choose(question: number): void;
}

/** Which question's prediction, error and cumulant the charts show. */
function Questions({ of: { of, names }, chosen, choose }: QuestionsProps) {
  return (
    <div class="bar">
      <label>
        Question{' '}
        <select value={chosen} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {names.map((name, k) => (
            <option key={name} value={k}>
              {k + 1}: {name}
            </option>
          ))}
        </select>
      </label>
      {of > names.length && (
        <span class="faint">
          the first {names.length} of {of} that this agent answers
        </span>
      )}
    </div>
  );
}
