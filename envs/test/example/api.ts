import { EnvSpec, make, makeVec, MaskObservation, prediction, PreviousAction, register } from '../../index.ts';

// Gymnasium's ids, limits and checks around our tasks: a spec goes through JSON and makes the same again.
register('lab/BlindCart-v0', {
  entryPoint: 'cart-pole',
  maxEpisodeSteps: 200,
  additionalWrappers: [{ name: 'MaskObservation', entryPoint: 'MaskObservation', kwargs: { keep: [0, 2] } }],
});
const blind = await make('lab/BlindCart-v0', { maxEpisodeSteps: 50 });
const again = await make(EnvSpec.fromJSON(JSON.stringify(blind.spec)));

// Wrappers by hand: what is seen is [position, angle, last action (one-hot)].
const seen = new PreviousAction(new MaskObservation(await make('CartPole-v1'), { keep: [0, 2] }));

// n at once, in worker threads.
const vector = await makeVec('CartPole-v1', { numEnvs: 4, vectorizationMode: 'async', autoresetMode: 'same-step' });
vector.reset({ seed: 1 });
const [observations, rewards, terminations, truncations, infos] = vector.step([0, 1, 0, 1]);
vector.close();

// Any environment and policy as a stream of prediction steps.
let squares = 0;
const upright = { discount: 0.9, cumulant: ({ terminated }: { terminated: boolean }) => Number(!terminated) };
for (const { cumulant, discount, start } of prediction(seen, { ...upright, steps: 1000 })) {
  if (!start) squares += (cumulant + discount * 10 - 10) ** 2;
}

export { again, blind, observations, squares };
export const rest = { rewards, terminations, truncations, infos };
