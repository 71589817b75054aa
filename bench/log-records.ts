/** Writes docs/log-records.md: npm run log-records. */
import { atomicWrite } from '../src/results/atomic-write.ts';
import { logRecordsPage } from './log-records-page.ts';

atomicWrite('docs/log-records.md', logRecordsPage());
