/** Head, the view that the address names, and what holds for all of them. */
import { useEffect } from 'preact/hooks';
import type { Session } from '../dashboard/protocol.ts';
import { AllExperiments } from './parts/all-experiments.tsx';
import { Problem } from './parts/problem.tsx';
import { SkipLink } from './parts/skip-link.tsx';
import { ThemeSwitch } from './parts/theme.tsx';
import { hrefOf, type Route, useRoute } from './route.ts';
import { useResource } from './use-resource.ts';
import { Compare } from './views/compare.tsx';
import { ExperimentView } from './views/experiment.tsx';
import { Experiments } from './views/experiments.tsx';
import { RunView } from './views/run.tsx';

export function App() {
  const route = useRoute();
  const { value: session, error } = useResource<Session>('/api/session');
  const title = titleOf(route);
  useEffect(() => {
    document.title = title === '' ? 'agent-state' : `${title} · agent-state`;
  }, [title]);
  return (
    <>
      <SkipLink />
      <header class="head">
        <nav aria-label="Where you are">
          <a class="brand" href="#/">
            agent-state
          </a>
          {crumbs(route).map(([text, href]) => (
            <span key={href} class="crumb">
              <span aria-hidden="true">›</span> <a href={href}>{text}</a>
            </span>
          ))}
        </nav>
        <span class="faint head-folder" title="results folder">
          {session?.results}
        </span>
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1}>
        <Problem text={error} />
        <View route={route} />
      </main>
    </>
  );
}

function View({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'experiments':
      return <Experiments />;
    case 'experiment':
      return <ExperimentView key={route.experiment} name={route.experiment} />;
    case 'run':
      return <RunView key={route.id} id={route.id} />;
    case 'compare':
      return <Compare key={route.ids.join()} ids={route.ids} />;
    case 'unknown':
      return <Unknown />;
  }
}

function Unknown() {
  return (
    <>
      <h1>Nothing here</h1>
      <Problem text="This address names no page of the dashboard." />
      <AllExperiments />
    </>
  );
}

function titleOf(route: Route): string {
  if (route.view === 'experiment') return route.experiment;
  if (route.view === 'run') return route.id;
  if (route.view === 'unknown') return 'Nothing here';
  return route.view === 'compare' ? 'Compare runs' : '';
}

function crumbs(route: Route): [string, string][] {
  if (route.view === 'compare') return [['compare', hrefOf(route)]];
  const experiment =
    route.view === 'experiment' ? route.experiment : route.view === 'run' ? route.id.split('/')[0]! : null;
  if (experiment === null) return [];
  const first: [string, string] = [experiment, hrefOf({ view: 'experiment', experiment })];
  return route.view === 'run' ? [first, [route.id.split('/').slice(1).join('/'), hrefOf(route)]] : [first];
}
