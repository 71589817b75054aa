/** The setting as a form: what is asked most often as fields, everything as JSON. */
import type { AgentInput } from 'agent-state';
import { presets } from 'agent-state/playground/presets';
import type { PlaygroundSetting } from 'agent-state/playground/protocol';
import { chosen, type Kind, OFFERED, ruleNumber, sizeOf, withChoice, withRuleNumber, withSize } from './choices.ts';
import { CodeField } from './code-field.tsx';
import { JsonField } from './json-field.tsx';
import { NumberField } from './number-field.tsx';

const TITLES: Readonly<Record<string, string>> = {
  alpha: 'alpha: how large steps are',
  lambda: 'lambda: how far back errors reach',
};

interface FormProps {
  readonly setting: Required<PlaygroundSetting>;
  readonly wrongLine: number | null; // of own lines
  change(setting: Required<PlaygroundSetting>): void;
}

export function Form({ setting, wrongLine, change }: FormProps) {
  const { env, agent, seed } = setting;
  const preset = presets.find(({ id }) => id === env.id);
  const setAgent = (next: AgentInput): void => change({ ...setting, agent: next });
  const { id, ...envOptions } = env;
  const code = env['code'];
  const size = sizeOf(agent);
  return (
    <form class="form" onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        <span>World</span>
        <select value={id} onChange={(event) => change(settingOf(event.currentTarget.value, seed))}>
          {presets.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
          {!preset && <option value={id}>{id}</option>}
        </select>
      </label>
      <PartField kind="cell" title="Cell" agent={agent} change={setAgent} />
      {size !== null && (
        <NumberField
          title="Units"
          value={size}
          min={1}
          max={512}
          isWhole
          set={(next) => setAgent(withSize(agent, next))}
        />
      )}
      <PartField kind="estimator" title="Estimator" agent={agent} change={setAgent} />
      <PartField kind="rule" title="Step-size rule" agent={agent} change={setAgent} />
      {['alpha', 'lambda'].map((name) => {
        const value = ruleNumber(agent, name);
        return value === null ? null : (
          <NumberField
            key={name}
            title={TITLES[name]!}
            value={value}
            min={0}
            max={name === 'lambda' ? 1 : 100}
            set={(next) => setAgent(withRuleNumber(agent, name, next))}
          />
        );
      })}
      <NumberField
        title="Seed"
        value={seed}
        min={0}
        max={2 ** 31 - 1}
        isWhole
        set={(next) => change({ ...setting, seed: next })}
      />
      {preset && (
        <p class="about">
          {preset.about} <strong>Look for:</strong> {preset.look}
        </p>
      )}
      {typeof code === 'string' && (
        <CodeField
          value={code}
          wrongLine={wrongLine}
          set={(next) => change({ ...setting, env: { ...env, code: next } })}
        />
      )}
      <details class="more">
        <summary>Everything, as JSON</summary>
        <JsonField
          title="World's options"
          value={envOptions}
          set={(next) => change({ ...setting, env: { ...next, id } })}
        />
        <JsonField title="Agent" value={agent} set={(next) => setAgent(next as AgentInput)} />
      </details>
    </form>
  );
}

/** A world with the agent that was made for it. */
export function settingOf(id: string, seed = 0): Required<PlaygroundSetting> {
  const { options, agent } = presets.find((preset) => preset.id === id) ?? presets[0]!;
  return { env: { id, ...options }, agent, seed, discount: null, path: 'auto', precision: 'auto' };
}

interface PartProps {
  readonly kind: Kind;
  readonly title: string;
  readonly agent: AgentInput;
  change(agent: AgentInput): void;
}

function PartField({ kind, title, agent, change }: PartProps) {
  const index = chosen(agent, kind);
  return (
    <label class="field">
      <span>{title}</span>
      <select value={index} onChange={(event) => change(withChoice(agent, kind, Number(event.currentTarget.value)))}>
        {OFFERED[kind].map(({ name }, i) => (
          <option key={name} value={i}>
            {name}
          </option>
        ))}
        {index < 0 && <option value={-1}>{(agent[kind] as { id: string }).id}, your own</option>}
      </select>
      <small class="hint">{OFFERED[kind][index]?.about ?? 'As its JSON below says.'}</small>
    </label>
  );
}
