import type { Connector } from '../connector.js';
import { csv } from './csv.js';
import { json } from './json.js';
import { jsonl } from './jsonl.js';
import { restApi } from './rest-api.js';
import { xml } from './xml.js';

const all: readonly unknown[] = [csv, json, jsonl, restApi, xml];

/** Every connector by its type. A new one is its own file and one line here. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  (all as readonly Connector[]).map((connector) => [connector.type, connector]),
);
