/** What the learner is, and how fast it lives. */
import type { About, Frame } from 'agent-state/playground/protocol';
import { showNumber } from '../parts/show.ts';

interface FactsProps {
  readonly about: About | null;
  readonly frame: Frame | null;
}

export function Facts({ about, frame }: FactsProps) {
  const latest = frame?.curve.value.at(-1);
  return (
    <dl class="facts">
      <Fact name="steps" value={showNumber(frame?.step ?? 0)} />
      <Fact name={about?.measure ?? 'error'} value={showNumber(latest)} />
      <Fact name="steps per second" value={showNumber(frame ? Math.round(frame.perSecond) : null)} />
      <Fact name="µs per step" value={showNumber(frame?.microseconds)} />
      <Fact name="weights" value={showNumber(about?.parameters)} />
      <Fact name="multiply-adds" value={showNumber(about?.macsPerStep)} />
      <Fact name="gradient" value={about ? (about.isExact ? 'exact' : 'approximate') : '–'} />
      <Fact name="path" value={about?.chosen.path ?? '–'} />
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-fact={name}>{value}</dd>
    </div>
  );
}
