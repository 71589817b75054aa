/** What browser/build.mjs makes of the folders of parts and agents, and of kernels.json. */
type Load = () => Promise<{ readonly default: unknown }>;

/** By folder, then by id. */
export const folders: Readonly<Record<string, Readonly<Record<string, Load>>>>;
/** Cells with a kernel, in the order that the modules know. */
export const kernelCells: readonly string[];
