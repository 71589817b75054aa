/** agent-state playground: the page in which a learner runs in the browser itself, until it is interrupted. */
import { servePlayground } from '../dashboard/playground.ts';
import { portOf } from './port.ts';
import { printJson } from './print-json.ts';

export interface PlaygroundFlags {
  readonly port: string;
  readonly json?: boolean;
}

export async function playgroundCommand(flags: PlaygroundFlags): Promise<void> {
  const playground = await servePlayground({ port: portOf(flags.port) });
  if (flags.json) printJson({ url: playground.url });
  else console.log(`playground  ${playground.url}`);
  await new Promise<void>((done) => process.once('SIGINT', done).once('SIGTERM', done));
  await playground.close();
}
