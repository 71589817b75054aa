/** Activations by name, with the slope told from the output; the order is that of assembly/activations.ts. */
export const ACTIVATIONS = ['linear', 'tanh', 'relu'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export interface Pointwise {
  of(a: number): number;
  slope(y: number): number; // f'(a) for y = f(a)
}

export const POINTWISE: Readonly<Record<Activation, Pointwise>> = {
  linear: { of: (a) => a, slope: () => 1 },
  tanh: { of: Math.tanh, slope: (y) => 1 - y * y },
  relu: { of: (a) => Math.max(0, a), slope: (y) => (y > 0 ? 1 : 0) },
};
