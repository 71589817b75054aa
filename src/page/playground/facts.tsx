/** What the learner is, and how fast it lives. */
import type { About, Frame } from 'agent-state/playground/protocol';
import { Fact } from '../parts/fact.tsx';
import { showNumber } from '../parts/show.ts';

interface FactsProps {
  readonly about: About | null;
  readonly frame: Frame | null;
}

export function Facts({ about, frame }: FactsProps) {
  const latest = frame?.curve.value.at(-1);
  return (
    <dl class="facts">
      <Fact name="steps">{showNumber(frame?.step ?? 0)}</Fact>
      <Fact name={about?.measure ?? 'error'}>{showNumber(latest)}</Fact>
      <Fact name="steps per second">{showNumber(frame ? Math.round(frame.perSecond) : null)}</Fact>
      <Fact name="µs per step">{showNumber(frame?.microseconds)}</Fact>
      <Fact name="weights">{showNumber(about?.parameters)}</Fact>
      <Fact name="multiply-adds">{showNumber(about?.macsPerStep)}</Fact>
      <Fact name="gradient">{about ? (about.isExact ? 'exact' : 'approximate') : '–'}</Fact>
      <Fact name="path">{about?.chosen.path ?? '–'}</Fact>
    </dl>
  );
}
