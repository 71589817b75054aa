/** agent-state plan: what it prints, its JSON, and its mistakes. */
import { describe, expect, it } from 'vitest';
import { cli, cliJson, mistake } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();

interface PlanJson {
  readonly inputs: number;
  readonly parameters: number;
  readonly saturation: number;
  readonly estimators: readonly { readonly label: string; readonly gradient: string; readonly macsPerStep: number }[];
  readonly warnings: readonly string[];
  readonly recommended: { readonly label: string } | null;
}

describe.concurrent('plan', () => {
  it('prints a line per estimator, the notes and what to take', async () => {
    const { stdout, stderr, code } = await cli(folder, 'plan', '--agent', 'snap-td', '--env', 'trace-conditioning');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^snap-td: gru, 18 units, 12 inputs, [\d,]+ parameters; learns by snap\nsnap is exact from n = 2 on\n/,
    );
    expect(stdout).toMatch(/^rtrl +exact +100 % /m);
    expect(stdout).toMatch(/^note: the net is dense: snap n>=2 is full RTRL/m);
    expect(stdout).toMatch(
      /^note: eligibility lasts 1\/\(1-gamma lambda\) = [\d.]+ steps, the environment's delay is up to 13/m,
    );
    expect(stdout).toMatch(/^take: \S+/m);
  });

  it('counts the classes of the environment, where the head tells them', async () => {
    const teller = ['plan', '--agent', 'snap-characters', '--set', 'agent.cell.units=4'];
    for (const symbols of [10, 20]) {
      const world = ['--env', 'hidden-markov-text', '--set', `env.symbols=${symbols}`];
      const { parameters } = await cliJson<PlanJson>(folder, ...teller, ...world);
      const cell = 2 * 4 * (symbols + 4 + 1) + 4 * 4 + 4 * (symbols + 1); // two gates, W h, and what is added to it
      expect(parameters).toBe(cell + symbols * (4 + 1));
    }
    expect(await mistake(folder, ...teller)).toBe('agent-state: Cannot plan for head softmax without --env: how many classes does it tell apart?'); // prettier-ignore
  });

  it('takes what fits the budget, and says so where nothing does', async () => {
    const args = ['plan', '--agent', 'snap-td', '--inputs', '12', '--set', 'agent.cell.density=0.3'];
    const free = await cliJson<PlanJson>(folder, ...args);
    const costs = free.estimators.map(({ macsPerStep }) => macsPerStep);
    const exact = free.estimators.filter(({ gradient }) => gradient === 'exact').map(({ label }) => label);
    expect(exact).toContain(free.recommended!.label);
    const rtrl = free.estimators.find(({ label }) => label === 'rtrl')!;
    const tight = await cliJson<PlanJson>(folder, ...args, '--macs', String(Math.floor(rtrl.macsPerStep / 2)));
    expect(exact).not.toContain(tight.recommended!.label);
    const none = await cliJson<PlanJson>(folder, ...args, '--macs', String(Math.floor(Math.min(...costs) / 2)));
    expect(none.recommended).toBeNull();
  });

  it('takes inputs, discount and delay from the environment', async () => {
    const { inputs } = await cliJson<PlanJson>(
      folder,
      'plan',
      '--agent',
      'columnar-td',
      '--env',
      'trace-conditioning',
      '--set',
      'env.distractors=3',
    );
    expect(inputs).toBe(2 + 3);
  });

  it('tells a mistake in one line', async () => {
    expect(await mistake(folder, 'plan')).toContain('Cannot plan nothing: name an agent with --agent');
    expect(await mistake(folder, 'plan', '--agent', 'snap')).toContain('Cannot find "snap" in agents');
    expect(await mistake(folder, 'plan', '--agent', 'snap-td', '--us', 'soon')).toContain('Cannot use --us soon');
    const both = ['plan', '--agent', 'snap-td', '--env', 'cycle-world', '--inputs', '3'];
    expect(await mistake(folder, ...both)).toContain('Cannot plan for --inputs and --env at once');
    expect(await mistake(folder, 'plan', '--agent', 'snap-td', '--set', 'agent.cell.units=0')).toContain('units');
    expect(await mistake(folder, 'plan', '--agent', 'snap-td', '--path', 'fast')).toContain('Cannot use --path fast');
  });
});
