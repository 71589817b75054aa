import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { logRecordsPage } from '../../bench/log-records-page.ts';
import { lineFields, logEvent } from '../../src/log/records.ts';

const onDisk = readFileSync('docs/log-records.md', 'utf8');

it('docs/log-records.md is what the schemas say (npm run log-records)', () => {
  expect(onDisk).toBe(logRecordsPage());
});

it('every event has its section, says when it comes, and every field has a meaning', () => {
  for (const { description, shape } of logEvent.options) {
    expect(onDisk).toContain(`## ${shape.event.value}\n\nWhen: ${description}. Level: \``);
    for (const [name, field] of Object.entries(shape)) {
      if (name !== 'event') expect(field.description, `${shape.event.value} ${name}`).toBeTruthy();
    }
  }
  for (const [name, field] of Object.entries(lineFields.shape)) expect(field.description, name).toBeTruthy();
});
