import type { Connector } from '../connector.js';
import { csv } from './csv.js';
import { restApi } from './rest-api.js';

/** Every connector by its type. A new one is its own file and one line here. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  [csv, restApi].map((connector) => [connector.type, connector as unknown as Connector]),
);
