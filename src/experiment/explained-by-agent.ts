import { meanByMethod } from './mean-by-method.ts';

/** The usual score of a prediction experiment: explained fraction per agent, mean over its runs; null: none ended. */
export const explainedByAgent = meanByMethod(({ explained }) => explained);
