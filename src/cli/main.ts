#!/usr/bin/env node
/** The command line. Only commander is loaded here; a command's code comes when the command does. */
import { Command, Option } from 'commander';
import { addClusterOptions } from './cluster-options.ts';
import { guard } from './guard.ts';
import { addLogOptions } from './log-options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];
/** "error: unknown option '--sed'\n(Did you mean --seeds?)" in one line. */
const mistake = (text: string): string =>
  `${text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')}; agent-state --help lists the commands`;
const program = new Command('agent-state')
  .description('Agents that learn their own state, online, one step at a time.')
  .option('--version', 'print the version')
  .configureOutput({ outputError: (text, write) => write(`agent-state: ${mistake(text)}\n`) })
  .hook('preAction', (_program, command) => {
    // stdout carries nothing but the answer, whatever a file of the user's own has to say.
    if (command.opts()['json']) console.log = console.info = console.debug = console.error;
  })
  .exitOverride();

const json = (): Option => new Option('--json', 'machine-readable output');
const results = (): Option => new Option('--results <folder>', 'where results go').default('results');
const jobs = (): Option => new Option('--jobs <n>', 'processes at a time (default: one per core)');
const set = (): Option =>
  new Option('--set <path=value>', 'any option, e.g. agent.cell.columns=20, env.isi=[14,26]')
    .argParser(collect)
    .default([], 'nothing');

const settingOptions = (command: Command): Command =>
  command
    .option('--agent <id|file>', 'an agent of `list agents`, or your own file')
    .option('--env <id|file>', 'an environment of `list envs`, or your own file')
    .option('--cell <id|file>', 'use another cell, with its default options')
    .option('--estimator <id|file>', 'use another gradient estimator')
    .option('--features <id|file>', 'use other features')
    .option('--head <id|file>', 'use another head')
    .option('--rule <id|file>', 'use another step-size rule')
    .option('--seeds <n|list>', '10 is seeds 0-9; 3,5,7 and 100-104 name them, 7-7 is seed 7 alone')
    .option('--steps <n>', 'steps per run')
    .option('--discount <gamma>', "discount in [0, 1] (default: the environment's own)")
    .option('--include <what>', 'append to the observation: lastAction,lastReward')
    .option('--full', 'the published size of an experiment')
    .option('--load <checkpoint>', 'start from what a run has learned: its folder, or a checkpoint file')
    .option('--no-learn', 'predict only: a frozen agent')
    .option('--path <name>', 'auto, reference, or compiled (default: compiled where every part has a kernel)')
    .option('--precision <type>', 'f32 or f64, of the compiled path (default: f32, f64 where alpha is tiny)')
    .option('--simd <kind>', 'deterministic, or relaxed: faster, bits differ between processors')
    .option('--threads <n>', '2: one net of independent columns on two threads (default: 1)')
    .option(
      '--checkpoint-every <n>',
      'steps between checkpoints (default: a tenth of the run, and no less than two seconds)',
    );

const limits = (command: Command): Command =>
  command
    .option('--time-limit <time>', 'of one run, e.g. 90s, 10m, 2h: it saves itself, the same command goes on with it')
    .option('--memory-limit <size>', 'of one run, e.g. 512M, 2G: it ends as failed');

addLogOptions(settingOptions(program.command('run [experiment]')))
  .description('run an experiment, or one agent in one environment (--agent, --env)')
  .option('--watch', 'a dashboard on it, as long as it runs')
  .option(
    '--beside <list>',
    'estimators that look on, held against the exact gradient: snap,uoro,tbptt:window=5, or all',
  )
  .addOption(set())
  .addOption(results())
  .addOption(jobs())
  .addOption(json())
  .action(async (experiment: string | undefined, options) =>
    (await import('./run-command.ts')).runCommand(experiment, options),
  );

addClusterOptions(limits(addLogOptions(settingOptions(program.command('sweep [experiment]')))))
  .description('run whatever is missing of an experiment, or of a grid: in --set a list is swept; again at any time')
  .addOption(set())
  .option('--random <n>', 'n settings drawn from the grid instead of all')
  .option('--best <hash,...>', 'these settings alone, for fresh seeds (agent-state report names them)')
  .option('--dry-run', 'plan, count and estimate only; for a cluster: write the script and show it')
  .addOption(results())
  .addOption(jobs())
  .addOption(json())
  .action(async (experiment: string | undefined, options) =>
    (await import('./sweep-command.ts')).sweepCommand(experiment, options),
  );

limits(addLogOptions(program.command('work <plan>')))
  .description('the missing runs of a planned sweep, results/<experiment>/sweeps/<id>.json')
  .option('--part <k/n>', 'only part k of n, k from 0')
  .option('--scratch <folder>', 'a fast disk of this machine: runs write there first')
  .option('--checkpoint-every <n>', 'steps between checkpoints, as in `sweep`')
  .addOption(jobs())
  .addOption(json())
  .action(async (plan: string, options) => (await import('./work-command.ts')).workCommand(plan, options));

program
  .command('status <experiment>')
  .description("where every run of an experiment's sweeps stands")
  .addOption(results())
  .addOption(json())
  .action(async (experiment: string, options) =>
    (await import('./status-command.ts')).statusCommand(experiment, options),
  );

program
  .command('report <experiment>')
  .description('what was found, from disk alone: a page with tables, intervals and pictures, as HTML and Markdown')
  .option(
    '--metric <name>',
    "final, auc (mean of the whole run), explained, excess (bits beyond the entropy rate) or level (of a curriculum, against tokens); unless said the experiment's own, else final",
  )
  .option(
    '--tune <paths>',
    'hyperparameters, to be chosen: rule.alpha,cell.columns (default: numbers of an agent that vary)',
  )
  .option('--keep <paths>', 'numbers of an agent that name a method instead')
  .option('--no-two-stage', 'choose settings by all seeds and report on the same')
  .addOption(results())
  .addOption(json())
  .action(async (experiment: string, options) =>
    (await import('./report-command.ts')).reportCommand(experiment, options),
  );

addLogOptions(program.command('resume <folder>'))
  .description('go on with an interrupted run, bit for bit as if nothing had happened')
  .addOption(json())
  .action(async (folder: string, options) => (await import('./resume-command.ts')).resumeCommand(folder, options));

program
  .command('rerun <folder>')
  .description('the same run once more: do the bytes agree? exit code 0 they do, 1 they differ')
  .option('--keep <folder>', 'keep the files of the rerun there (default: a temporary folder, removed after)')
  .addOption(json())
  .action(async (folder: string, options) => (await import('./rerun-command.ts')).rerunCommand(folder, options));

program
  .command('sample <folder>')
  .description('characters, or other classes, as an agent that was trained to foretell them would go on')
  .option('--length <n>', 'how many', '400')
  .option('--prompt <text>', 'what comes before them (default: what an episode opens with)')
  .option('--temperature <t>', 'below 1: the probable more often; above: less', '1')
  .option('--seed <seed>', 'of what is drawn', '0')
  .addOption(json())
  .action(async (folder: string, options) => (await import('./sample-command.ts')).sampleCommand(folder, options));

program
  .command('list <kind>')
  .description('cells | estimators | rules | features | heads | growth | envs | agents | experiments')
  .addOption(json())
  .action(async (kind: string, options) => (await import('./list-command.ts')).listCommand(kind, options));

program
  .command('plan')
  .description('before training: cost, exactness and time of every estimator for an agent, and which to take')
  .option('--agent <id|file>', 'an agent of `list agents`, or your own file')
  .option('--env <id|file>', 'its inputs, discount and delay')
  .option('--inputs <m>', 'size of the observation, where there is no --env (default: 10)')
  .option('--us <budget>', 'microseconds per step')
  .option('--macs <budget>', 'multiply-adds per step')
  .option('--path <name>', 'auto, reference, or compiled (default: compiled where every part has a kernel)')
  .addOption(set())
  .addOption(json())
  .action(async (options) => (await import('./plan-command.ts')).planCommand(options));

program
  .command('audit')
  .description('while an agent learns: how close the gradient of every estimator is to the exact one, and its cost')
  .option('--agent <id|file>', 'an agent of `list agents`, or your own file')
  .option('--env <id|file>', 'an environment of `list envs`, or your own file')
  .option('--steps <n>', 'steps of the agent', '50000')
  .option('--seed <n>', 'of the run, as in `run`', '0')
  .option('--estimators <list>', 'all, or names: snap,uoro,tbptt:window=5', 'all')
  .option('--reference <kind>', 'shadow: exact RTRL; probe: exact along random directions; auto: by budget', 'auto')
  .option('--budget <macs>', 'multiply-adds per step that one estimator may take', '1000000')
  .option('--stretch <n>', 'steps between two directions of the probe', '500')
  .addOption(set())
  .addOption(results())
  .addOption(json())
  .action(async (options) => (await import('./audit-command.ts')).auditCommand(options));

program
  .command('export <experiment>')
  .description('what the results hold: metrics line by line or run by run as a table, or curves for TensorBoard')
  .option('--csv <file>', 'comma-separated values')
  .option('--parquet <file>', 'Apache Parquet, with types')
  .option('--tensorboard <folder>', 'event files, one folder per run')
  .option('--runs', 'one row per run: its scores and costs (default: one per line of metrics)')
  .option('--force', 'replace what is there')
  .addOption(results())
  .addOption(json())
  .action(async (experiment: string, options) =>
    (await import('./export-command.ts')).exportCommand(experiment, options),
  );

program
  .command('dashboard [results]')
  .description('a page in your browser on everything in a results folder, until it is interrupted')
  .option('--port <n>', '0: any that is free', '7717')
  .option('--host <address>', 'other than this machine alone: then the address printed holds a token', '127.0.0.1')
  .option('--token', 'ask for a token on this machine too')
  .option('--open', 'show it in the browser')
  .addOption(json())
  .action(async (folder: string | undefined, options) =>
    (await import('./dashboard-command.ts')).dashboardCommand(folder ?? 'results', options),
  );

program
  .command('playground')
  .description('a page in which a learner runs in your browser itself, until it is interrupted')
  .option('--port <n>', '0: any that is free', '0')
  .addOption(json())
  .action(async (options) => (await import('./playground-command.ts')).playgroundCommand(options));

program
  .command('check-env <env>')
  .description('hold an environment, built in or a file of yours, to the contract')
  .addOption(set())
  .addOption(json())
  .action(async (env: string, options) => (await import('./check-env-command.ts')).checkEnvCommand(env, options));

program
  .command('gradcheck <cell> <estimator>')
  .description("an estimator's gradient against RTRL, back-propagation and finite differences")
  .addOption(set())
  .addOption(json())
  .action(async (cell: string, estimator: string, options) =>
    (await import('./gradcheck-command.ts')).gradcheckCommand(cell, estimator, options),
  );

await guard(async () => {
  if (process.argv[2] === '--version') return console.log((await import('../results/provenance.ts')).packageVersion());
  await program.parseAsync();
});
