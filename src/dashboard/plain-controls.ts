/**
 * Forms that steer a run that goes on, for pages without scripts. They bring the secret of this server in a field: a form
 * has no headers of its own. Who may send one is else decided as for any other request (access.ts).
 */
import { MOST_STEPS } from '../run/control.ts';
import { isExpected } from '../user-error.ts';
import type { Access } from './access.ts';
import { standingOf, steer } from './live-runs.ts';
import { html, type Markup, page } from './markup.ts';
import type { Controlled } from './protocol.ts';
import type { FoundRun, Records } from './records.ts';
import { redirect, sendError, sendHtml } from './reply.ts';
import { formBody } from './request-body.ts';
import type { Route } from './routes.ts';
import { ofRun } from './run-routes.ts';

const BODY = 1024; // bytes

export const plainAddress = (...names: readonly string[]): string =>
  `/plain/${names.map(encodeURIComponent).join('/')}`;

export const plainControlRoute = (records: Records, access: Access): Route => ({
  method: 'POST',
  pattern: '/plain/:experiment/:setting/:seed/control',
  isForm: true,
  handler: ofRun(records, async ({ request, response }, { folder, names }) => {
    const form = await formBody(request, BODY);
    if (!access.isCsrf(form.get('csrf') ?? '')) return sendError(response, 403, 'this form is not of this server');
    const [command, steps] = [form.get('command') ?? '', form.get('steps')];
    const run = plainAddress(...names);
    try {
      await steer(folder, command === 'step' && steps !== null ? { command, steps: Number(steps) } : { command });
      redirect(response, run); // to load it again does not do it again
    } catch (error) {
      if (!isExpected(error)) throw error;
      sendHtml(
        response,
        page(
          'Not done',
          html`<p>${error.message}</p>
            <p><a href="${run}">back to the run</a></p>`,
        ),
        422,
      );
    }
  }),
});

/** Of a run that goes on: where it stands, and what can be done with it. */
export async function controlForms({ folder, names }: FoundRun, csrf: string): Promise<Markup> {
  const standing = await standingOf(folder);
  if (!standing.canSteer) return html`<p>It goes on where it cannot be steered from here.</p>`;
  const form = (fields: Markup): Markup =>
    html`<form method="post" action="${plainAddress(...names)}/control">
      <input type="hidden" name="csrf" value="${csrf}" />${fields}
    </form>`;
  const button = (command: string, text: string): Markup =>
    html`<button name="command" value="${command}">${text}</button>`;
  return html`<h2>Steering</h2>
    <p>${whereOf(standing)} Load this page again to see how far it is.</p>
    ${form(html`${standing.isPaused ? button('resume', 'Resume') : button('pause', 'Pause')} ${button('checkpoint', 'Save a checkpoint')}`)}
    ${form(
      html`<label>steps <input name="steps" type="number" min="1" max="${MOST_STEPS}" value="1" required /></label>
        ${button('step', 'Live so many steps')} ${button('chunk', 'Live to the end of the chunk')}`,
    )}`;
}

function whereOf({ isPaused, step }: Controlled): string {
  if (!isPaused) return 'It goes on.';
  return step === null ? 'It pauses.' : `It pauses at step ${step}.`;
}
