import type { FastifyBaseLogger } from 'fastify';
import type { Counters } from '../observe/counters.js';
import type { PlatformFigures } from '../observe/index.js';
import type { Cache } from '../platform/cache/port.js';
import type { Database } from '../platform/database/port.js';
import type { SchemaRegistry } from '../platform/registry/port.js';
import type { Search } from '../platform/search/index.js';
import type { CanonicalProduct } from '../records.js';

/** Which golden record a listing would join. Stores nothing. */
export type ResolveFunction = (product: CanonicalProduct) => Promise<ResolveAnswer>;

export interface ResolveAnswer {
  /** null: it would be a product of its own. */
  goldenId: string | null;
  probability: number;
  stage: string | null;
  /** Records it was compared with, the likeliest first. */
  candidates: {
    source: string;
    sourceId: string;
    goldenId: string | null;
    probability: number;
    stage: string;
    /** What the model compared, by name; null where a side has no value. */
    features: Record<string, number | null>;
  }[];
}

export interface Readiness {
  ready: boolean;
  /** Why not. */
  reason?: string;
  /** Servers that are away and done without. */
  degraded?: string[];
}

/** All the app is made of; it opens and closes none of it. */
export interface AppDeps {
  database: Database;
  search: Search;
  cache: Cache;
  counters: Counters;
  logger: FastifyBaseLogger;
  resolve: ResolveFunction;
  ready: () => Readiness | Promise<Readiness>;
  /** Whether the database is known to be away; absent: never. */
  databaseAway?: () => boolean;
  /** Served at /registry; absent: there is none here. */
  registry?: SchemaRegistry;
  /** What /metrics shows of the platform; absent: nothing. */
  platform?: PlatformFigures;
  version: string;
}
