import { type TObject, type TSchema, Type } from '@sinclair/typebox';
import { mappingSchema } from '../harmonize/mapping/index.js';
import { connectors } from '../ingest/connectors/index.js';
import { contractSchema } from './contract.js';
import { settingsSchema } from './settings.js';
import { sourceSchema } from './source.js';

/** The whole schema of each kind of file, composed from the registries: for checking, docs and editors. */
export const settingsFile: TSchema = settingsSchema;
export const contractFile: TSchema = contractSchema;
export const sourceFile: TSchema = withConnector(
  Type.Union([...connectors.values()].map(({ type, summary, options }) => connectorSchema(type, summary, options))),
  mappingSchema,
);

const connectorTypes = Type.Union([...connectors.values()].map(({ type }) => Type.Literal(type)));

/**
 * The schema that one source file is checked with: the options of its own connector; with an unknown type, only the types.
 * The mapping is left open here, since `checkMapping` says better what is wrong with it.
 */
export function sourceFileFor(value: unknown): TSchema {
  const type = (value as { connector?: { type?: unknown } } | null)?.connector?.type;
  const connector = typeof type === 'string' ? connectors.get(type) : undefined;
  if (connector) return withConnector(connectorSchema(connector.type, connector.summary, connector.options));
  return withConnector(Type.Object({ type: connectorTypes }, { additionalProperties: true }));
}

function connectorSchema(type: string, summary: string, options: TObject): TSchema {
  return Type.Object({ type: Type.Literal(type), ...options.properties }, { description: summary });
}

function withConnector(connector: TSchema, mapping?: TSchema): TSchema {
  const { connector: open, ...rest } = sourceSchema.properties;
  const described = { ...connector, description: open.description };
  return Type.Object(
    { ...rest, connector: described as TSchema, ...(mapping ? { mapping } : {}) },
    { description: sourceSchema.description as string },
  );
}
