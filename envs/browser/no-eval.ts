/**
 * zod compiles its schemas with `new Function` where it may. A page with a strict Content-Security-Policy forbids that,
 * and a mere attempt is reported: it is told not to try. Comes before every schema.
 */
import { config } from 'zod';

config({ jitless: true });
