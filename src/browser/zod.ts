/**
 * zod in a browser: it compiles its schemas with `new Function` where it may, and a page with a strict
 * Content-Security-Policy has the mere attempt reported. The bundler puts this file in its place, so that it is told not to
 * try before any schema is made.
 */
import { config } from 'zod/v4';

export * from 'zod/v4';
export * as z from './zod-names.ts';

config({ jitless: true });
