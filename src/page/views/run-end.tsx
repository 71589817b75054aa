/** Why a run stands still before its end, and what can be done about it. */
import type { Run, Session, Status } from '../../dashboard/protocol.ts';
import { showNumber } from '../parts/show.ts';
import { useResource } from '../use-resource.ts';

interface RunEndProps {
  readonly run: Run;
  readonly status: Status;
  readonly reason: string | null;
}

export function RunEnd({ run, status, reason }: RunEndProps) {
  const { value: session } = useResource<Session>(status === 'interrupted' ? '/api/session' : null);
  if (status === 'interrupted' && session) {
    return (
      <p class="note">
        It was stopped, and goes on from its checkpoint with{' '}
        <code>
          agent-state resume {session.results}/{run.id}
        </code>
      </p>
    );
  }
  const { end } = run.record;
  if (status === 'diverged' && end) {
    return (
      <p class="problem">
        At step {showNumber(end.steps)} a number left all bounds{end.diverged && <> in {end.diverged}</>}: it diverged.
        Smaller step sizes help most often.
      </p>
    );
  }
  return reason === null ? null : <p class="problem">{reason}</p>;
}
