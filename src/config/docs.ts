import type { TSchema } from '@sinclair/typebox';
import { stringify } from 'yaml';
import { mappingSchema, TRANSFORMS } from '../harmonize/mapping/index.js';
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
    table(rows(withoutParts(sourceFile))),
    '### Mapping\n',
    'What stands under `mapping`: the fields of the canonical product on the left, where they come from on the right. The',
    'language is described in [writing a source](writing-a-source.md).\n',
    table(rows(mappingSchema).map((line) => ({ ...line, form: '' }))),
    'Transforms, which change a value on its way (`transform: upper`, `transform: [{remove: "[®™]"}, trim]`):\n',
    list(
      Object.entries(TRANSFORMS).map(
        ([name, { summary, takes }]) => `\`${name}\`: ${summary}${takes === '' ? '' : `; takes ${takes}`}`,
      ),
    ),
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
    const open = Object.values((property.patternProperties as Record<string, TSchema> | undefined) ?? {});
    return [
      own,
      ...open.flatMap((inner) => (inner.properties ? rows(inner, `${key}.<name>.`) : [])),
      ...kinds(property).flatMap(([kind, variant]) => rows(variant, `${key}(${kind}).`)),
    ];
  });
}

/** The variants of a choice that a `type` tells apart, without that key. */
function kinds(property: TSchema): [string, TSchema][] {
  return ((property.anyOf as TSchema[] | undefined) ?? []).flatMap((variant) => {
    const { type, ...rest } = (variant.properties ?? {}) as Record<string, TSchema>;
    return typeof type?.const === 'string' ? [[type.const, { ...variant, properties: rest }]] : [];
  });
}

function row(key: string, property: TSchema, required: boolean): Row {
  const fallback = property.default as unknown;
  const composed = typeof fallback === 'object' && fallback !== null && Object.keys(fallback).length === 0;
  const env = typeof property.env === 'string' ? ` Environment: \`${property.env}\`.` : '';
  return {
    key: `\`${key}\``,
    form: form(property),
    fallback: fallback === undefined ? (required ? 'required' : '') : composed ? '' : `\`${flow(fallback)}\``,
    text: `${(property.description as string | undefined) ?? ''}${env}`,
  };
}

function form(property: TSchema): string {
  if (property.properties) return '';
  const variants = kinds(property).map(([kind]) => `\`${kind}\``);
  if (variants.length > 0) return `\`type\`: ${variants.join(', ')}`;
  const choices = literals(property);
  return choices ? choices.map((choice) => `\`${choice}\``).join(', ') : expectation(property);
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

/** Connector and mapping have sections of their own. */
function withoutParts(schema: TSchema): TSchema {
  const { connector, mapping, ...rest } = schema.properties as Record<string, TSchema>;
  const part = (property: TSchema | undefined, where: string) =>
    ({ description: `${property?.description ?? ''} ${where}`, type: 'object', properties: {} }) as unknown as TSchema;
  return {
    ...schema,
    properties: { connector: part(connector, 'See below.'), ...rest, mapping: part(mapping, 'See below.') },
  };
}
