/** The playground's page: a learner in a worker of this browser, and nothing anywhere else. */
import { render } from 'preact';
import { Playground } from './playground.tsx';
import '../style.css';
import './playground.css';

render(<Playground />, document.getElementById('app')!);
