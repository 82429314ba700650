import type { Client } from '@elastic/elasticsearch';
import { AssayError } from '../../../errors.js';
import type { PlatformLogger } from '../../platform.js';
import type { Connection, RequestOptions } from './connection.js';
import { typeOf } from './failure.js';
import { LAYOUT, mappings, SETTINGS } from './layout.js';
import { type Names, namesOf } from './names.js';

/** An index of the namespace as the cluster knows it at one moment. */
export interface IndexState {
  name: string;
  current: boolean;
  filling: boolean;
  /** Of the version that made it; see LAYOUT. */
  layout: string | undefined;
}

/** Makes, finds and swaps the indices of a namespace. */
export class Indices {
  readonly names: Names;
  readonly #connection: Connection;
  readonly #logger: PlatformLogger | undefined;
  #told = '';

  constructor(connection: Connection, namespace: string, logger?: PlatformLogger) {
    this.#connection = connection;
    this.names = namesOf(namespace);
    this.#logger = logger;
  }

  list(): Promise<IndexState[]> {
    return this.#connection.change((client, options) => readIndices(client, options, this.names));
  }

  /**
   * Indices that a write has to reach: the one that is searched, and one that is being filled. To be asked after what is
   * written became known: whoever fills an index reads the database after making it, so whatever an index misses by being
   * too new for this answer was in the database before.
   */
  async targets(): Promise<string[]> {
    const states = await this.ensure();
    return states.filter(({ current, filling }) => current || filling).map(({ name }) => name);
  }

  /** Makes the index that is searched where there is none. Of several processes at once, one makes it. */
  async ensure(): Promise<IndexState[]> {
    for (;;) {
      const states = await this.list();
      const current = states.find((state) => state.current);
      if (current !== undefined) {
        this.#tell(current);
        return states;
      }
      // From one reading of the cluster: who read the same tries the same name, and all but one are refused.
      const name = this.names.index(this.#next(states));
      if (await this.create(name, this.names.current))
        this.#logger?.warn(
          { index: name },
          'made an empty search index, which golden events fill from now on; where there are golden records already: assay search-index rebuild',
        );
    }
  }

  /** Makes an index of today's layout under an alias; false when there is one of that name. */
  async create(name: string, alias: string): Promise<boolean> {
    return this.#connection.change(async (client, options) => {
      await putTemplate(client, options, this.names);
      try {
        await client.indices.create({ index: name, aliases: { [alias]: {} } }, options);
        return true;
      } catch (error) {
        if (typeOf(error) === 'resource_already_exists_exception') return false;
        throw error;
      }
    });
  }

  /** Makes the next index, which is filled beside the current one. */
  async createNext(): Promise<string> {
    for (;;) {
      const name = this.names.index(this.#next(await this.ensure()));
      if (await this.create(name, this.names.filling)) return name;
    }
  }

  /**
   * Points the alias to a filled index, in one step, and deletes the ones before it.
   * @throws AssayError PLATFORM_INVALID when the index is gone: another rebuild removed it.
   */
  async swap(filled: string): Promise<void> {
    const { current, filling } = this.names;
    const states = await this.list();
    if (!states.some(({ name, filling: fills }) => name === filled && fills)) throw overtaken(filled);
    const before = states.filter((state) => state.current && state.name !== filled).map(({ name }) => name);
    await this.#connection.change((client, options) =>
      client.indices.updateAliases(
        {
          actions: [
            { add: { index: filled, alias: current } },
            { remove: { index: filled, alias: filling } },
            ...before.map((index) => ({ remove_index: { index } })),
          ],
        },
        options,
      ),
    );
  }

  async remove(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await this.#connection.change((client, options) =>
      client.indices.delete({ index: [...names], ignore_unavailable: true }, options),
    );
  }

  async drop(): Promise<void> {
    await this.remove((await this.list()).map(({ name }) => name));
    await this.#connection.change((client, options) =>
      client.indices.deleteIndexTemplate({ name: this.names.template }, { ...options, ignore: [404] }),
    );
  }

  #next(states: readonly IndexState[]): number {
    return 1 + Math.max(0, ...states.map(({ name }) => this.names.numberOf(name)));
  }

  #tell({ name, layout }: IndexState): void {
    if (layout === LAYOUT || this.#told === name) return;
    this.#told = name;
    this.#logger?.warn(
      { index: name },
      'the search index was made by another version and needs a rebuild: assay search-index rebuild',
    );
  }
}

function overtaken(index: string): AssayError {
  return new AssayError('PLATFORM_INVALID', `the index ${index} was removed while it was filled: another rebuild runs`);
}

/** Without a template that forbids it, a write to an index that was just deleted would make one without fields. */
async function putTemplate(client: Client, options: RequestOptions, { template, pattern }: Names): Promise<void> {
  await client.indices.putIndexTemplate(
    {
      name: template,
      index_patterns: [pattern],
      priority: 500,
      allow_auto_create: false,
      template: { settings: SETTINGS, mappings: mappings() },
      _meta: { assay: { layout: LAYOUT } },
    },
    options,
  );
}

/** The indices of a namespace, all read at one moment, oldest first. */
export async function readIndices(
  client: Client,
  options: Partial<RequestOptions>,
  { pattern, current, filling }: Names,
): Promise<IndexState[]> {
  const found = await client.indices.get(
    { index: pattern, allow_no_indices: true, features: ['aliases', 'mappings'] },
    options,
  );
  return Object.entries(found)
    .map(([name, { aliases, mappings }]) => ({
      name,
      current: aliases !== undefined && current in aliases,
      filling: aliases !== undefined && filling in aliases,
      layout: (mappings?._meta?.assay as { layout?: string } | undefined)?.layout,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
