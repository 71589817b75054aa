/** docs/log-records.md as text, from the schemas of src/log/records.ts alone. */
import { z } from 'zod';
import { LEVELS } from '../src/log/levels.ts';
import { LEVEL_OF } from '../src/log/log-event.ts';
import { lineFields, logEvent } from '../src/log/records.ts';
import { markdownTable } from '../src/plots/table.ts';

/** The part of a JSON schema that our records use. */
interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

const INTRO = `# Log records

\`log.ndjson\` in the folder of every run holds one JSON object per line: what happened, when. Numbers that are measured
along the way are in \`metrics.jsonl\`; numbers that are not finite are \`null\`.

    agent-state run trace-patterning --log-level debug --log-every 10000

\`--log-level\` takes ${LEVELS.map((level) => `\`${level}\``).join(', ')}, and also
shows the lines on stderr, in place of the progress: in words on a terminal, elsewhere as the same JSON, one whole line per
write (of a line above 4096 bytes the stack of the error is on file only). Without it nothing is shown, and the level is
that of the environment variable \`LOG_LEVEL\`, else \`info\`. \`--log-every n\` adds a [metrics](#metrics) record every n
steps. Nothing that is logged changes what is learned.

This page is written by \`npm run log-records\` from \`src/log/records.ts\`.`;

export function logRecordsPage(): string {
  const { oneOf } = z.toJSONSchema(logEvent) as Schema;
  const every = `## On every line\n\n${fields(z.toJSONSchema(lineFields) as Schema)}`;
  return `${[INTRO, every, ...oneOf!.map(section)].join('\n\n')}\n`;
}

function section(schema: Schema): string {
  const event = schema.properties!['event']!.const as keyof typeof LEVEL_OF;
  return [`## ${event}`, `When: ${schema.description}. Level: \`${LEVEL_OF[event]}\`.`, fields(schema)].join('\n\n');
}

function fields({ properties }: Schema): string {
  const own = Object.entries(properties!).filter(([name]) => name !== 'event');
  const rows = own.map(([name, schema]) => [`\`${name}\``, typeText(schema), schema.description!]);
  return markdownTable([{ title: 'field' }, { title: 'type' }, { title: 'what it is' }], rows);
}

function typeText({ anyOf, type, properties, additionalProperties, minimum, ...schema }: Schema): string {
  if (anyOf) return anyOf.map(typeText).join(' or ');
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(' or ');
  if (properties) return 'object';
  if (typeof additionalProperties === 'object') return `by name: ${typeText(additionalProperties)}`;
  if (type === 'integer') return minimum === 0 ? 'whole number, 0 or more' : 'whole number';
  return [type ?? 'any'].flat().map(word).join(' or ');
}

const word = (type: string): string => (type === 'string' ? 'text' : type);
