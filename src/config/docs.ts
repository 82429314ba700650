import type { TSchema } from '@sinclair/typebox';
import { stringify } from 'yaml';
import { connectors } from '../ingest/connectors/index.js';
import { RULES } from '../master/survivorship/index.js';
import { expectation, literals } from './expectation.js';
import { contractFile, settingsFile, sourceFile } from './schemas.js';

const HEAD = `# Configuration

This page is generated from the definitions that check the files: \`assay config docs --out docs/configuration.md\`.

A configuration folder holds \`assay.yaml\`, one file a source in \`sources/\`, one file a contract in \`contracts/\`, and
mapping tests in \`sources/<name>.test.yaml\`. Every command takes the folder with \`--config FOLDER\` (default: \`config\`).

- All mistakes of all files are shown at once, with file and line. Unknown keys are mistakes.
- \`\${NAME}\` stands for an environment variable, \`\${NAME:-default}\` for one that may be absent, \`$\${\` for the characters
  \`\${\`. Inside \`{…}\` and \`[…]\` put such values between quotes. What came from the environment is never printed:
  messages, log lines and \`assay config show\` have the reference in its place.
- Relative paths start at the folder that holds the configuration folder.
- Editors with a YAML language server complete and check the files: the first line of each names its schema.
`;

/** The reference of every file, as Markdown. */
export function configDocs(): string {
  const parts = [
    HEAD,
    '## assay.yaml\n',
    'Everything is optional. The environment variable of a setting wins over the file.\n',
    table(rows(settingsFile)),
    '### Survivorship rules\n',
    list([...RULES.values()].map((rule) => `\`${rule.name}\`: ${rule.summary}`)),
    '## sources/<name>.yaml\n',
    'The name of the file is the name of the source: lower-case letters, digits, `-` and `_`.\n',
    table(rows(withoutConnector(sourceFile))),
    ...[...connectors.values()].flatMap(({ type, summary, options, example }) => [
      `### Connector \`${type}\`\n`,
      `${summary}\n`,
      `\`\`\`yaml\nconnector:\n${indent(example.trim())}\n\`\`\`\n`,
      table(rows(options)),
    ]),
    '## contracts/<name>.yaml\n',
    table(rows(contractFile)),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

interface Row {
  key: string;
  form: string;
  fallback: string;
  text: string;
}

function rows(schema: TSchema, prefix = ''): Row[] {
  return Object.entries(schema.properties as Record<string, TSchema>).flatMap(([name, property]) => {
    const key = `${prefix}${name}`;
    const own = row(key, property, (schema.required as string[] | undefined)?.includes(name) ?? false);
    if (property.properties) return [own, ...rows(property, `${key}.`)];
    const open = (property.patternProperties as Record<string, TSchema> | undefined) ?? {};
    return [own, ...Object.values(open).flatMap((inner) => (inner.properties ? rows(inner, `${key}.<name>.`) : []))];
  });
}

function row(key: string, property: TSchema, required: boolean): Row {
  const fallback = property.default as unknown;
  const composed = typeof fallback === 'object' && fallback !== null && Object.keys(fallback).length === 0;
  const env = typeof property.env === 'string' ? ` Environment: \`${property.env}\`.` : '';
  const choices = literals(property);
  return {
    key: `\`${key}\``,
    form: choices ? choices.map((choice) => `\`${choice}\``).join(', ') : expectation(property),
    fallback: fallback === undefined ? (required ? 'required' : '') : composed ? '' : `\`${flow(fallback)}\``,
    text: `${(property.description as string | undefined) ?? ''}${env}`,
  };
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow' }).trim();
}

function table(all: Row[]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  const body = all.map(({ key, form, fallback, text }) => line([key, form, fallback, text]));
  return `${[line(['key', 'value', 'default', 'meaning']), '| --- | --- | --- | --- |', ...body].join('\n')}\n`;
}

function list(items: string[]): string {
  return `${items.map((item) => `- ${item}`).join('\n')}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function withoutConnector(schema: TSchema): TSchema {
  const { connector, ...rest } = schema.properties as Record<string, TSchema>;
  const named = {
    description: `${connector?.description ?? ''} Its \`type\` is one of the connectors below.`,
    type: 'object',
  };
  return { ...schema, properties: { connector: named as unknown as TSchema, ...rest } };
}
