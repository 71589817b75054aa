/** What a part tells the compiled path of itself; a part that says nothing runs on the reference path alone. */

/** `id` names a file under assembly/cells/. */
export interface CellKernel {
  readonly id: string;
  readonly options: readonly number[];
  readonly work: number; // vectors of units that activate leaves for differentiate
  readonly tables?: (place: Places) => readonly number[];
}

/** Where a cell's own tables find things; all are bytes. */
export interface Places {
  readonly tables: number; // address of the table itself
  readonly gain: (destination: number) => number; // offset in the gains
  readonly slot: (row: number) => number; // offset in the sums
  readonly theta: (entry: number) => number; // address
  readonly direct: (block: number) => number; // offset of a block of rows.direct, in the direct part
  readonly group: (rows: number) => number; // of so many rows, padded
}

export type EstimatorKernel =
  | { readonly kind: 'traces'; readonly block?: 'own' | 'direct' } // b numbers per parameter on the own unit, by that block of D
  | { readonly kind: 'immediate' | 'still' }
  | { readonly kind: 'panels'; readonly kept: readonly Int32Array[] } // state entries, row by row
  | { readonly kind: 'tape'; readonly window: number };

export interface NormaliserKernel {
  readonly rate: number;
  readonly floor: number;
}

export interface FeaturesKernel {
  readonly normalised: NormaliserKernel | null;
  readonly activation?: number; // of the state: its place in ACTIVATIONS, 0 by default
  readonly bias: boolean;
  readonly observation: boolean;
}

export interface HeadKernel {
  readonly kind: 'linear';
}

export interface GrowthKernel {
  readonly kind: 'none';
}

export interface SwiftKernel {
  readonly kind: 'swift-td';
  readonly lambda: number;
  readonly theta: number;
  readonly eta: number;
  readonly least: number; // of ln alpha
  readonly most: number;
  readonly shrink: number; // ln decay
  readonly sparse: boolean;
  readonly cut: number;
}

/** Linear questions, in bundles that share discount, lambda and so an eligibility; the cell stays as it is. */
export interface HordeKernel {
  readonly kind: 'horde';
  readonly alpha: number;
  readonly bundles: readonly { readonly lambda: number; readonly questions: Int32Array }[];
}

/** One rule for cell and head, or `head` for the head. */
export interface RuleKernel {
  readonly kind: 'td-lambda' | 'rmsprop';
  readonly head?: HeadRuleKernel;
  readonly alpha: number;
  readonly headAlpha: number;
  readonly lambda: number;
  readonly decay?: number;
  readonly epsilon?: number;
}

export type HeadRuleKernel = Omit<RuleKernel, 'head'> | SwiftKernel | HordeKernel;

/** Which rule moves what; a rule of the head alone goes with a cell that stays as it is. */
export function rulesOf(kernel: RuleKernel | SwiftKernel | HordeKernel): {
  readonly cell: RuleKernel;
  readonly head: HeadRuleKernel;
} {
  if (kernel.kind === 'swift-td' || kernel.kind === 'horde') return { cell: STILL, head: kernel };
  return { cell: kernel, head: kernel.head ?? kernel };
}

const STILL: RuleKernel = { kind: 'td-lambda', alpha: 0, headAlpha: 0, lambda: 0 };
