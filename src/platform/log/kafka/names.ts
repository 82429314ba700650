import { AssayError } from '../../../errors.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** Names as the brokers know them: everything of one installation begins with its namespace. */
export class Names {
  readonly #prefix: string;

  constructor(namespace: string) {
    this.#prefix = `${namespace}.`;
  }

  topic(name: string): string {
    if (!NAME.test(name)) throw new AssayError('BAD_REQUEST', `"${name}" cannot name a topic`);
    return this.#prefix + name;
  }

  group(name: string): string {
    return this.#prefix + name;
  }

  /** One producer at a time has this id: a new one with it ends the transactions of the one before, and shuts it out. */
  transactionalId(group: string, topic: string, partition: number): string {
    return `${this.#prefix}${group}.${topic}.${partition}`;
  }

  /** The plain name of a topic of this namespace; undefined for topics of others. */
  plain(topic: string): string | undefined {
    return topic.startsWith(this.#prefix) ? topic.slice(this.#prefix.length) : undefined;
  }
}
