/** What the engine's own functions give: the language leaves their last bits open. */
export const maths = (): number[] =>
  Array.from({ length: 1000 }, (_, i) => [Math.exp(i / 100 - 5), Math.tanh(i / 100 - 5)]).flat();
