/** No state at all. */
export function activate(_layer: i32): void {}

export function differentiate(): void {}
