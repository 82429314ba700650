import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from 'kafkajs';
import { AssayError } from '../../../errors.js';
import type { Guard } from '../../guard.js';
import type { BatchHandler, ConsumeOptions, LogMessage } from '../port.js';
import { Signal } from '../signal.js';
import { clusterOf, openClient } from './client.js';
import { asAssayError, typeOf } from './failure.js';
import { Fetcher } from './fetcher.js';
import { GroupReader } from './group-reader.js';
import type { Names } from './names.js';
import { DEFAULTS, type KafkaLogOptions } from './options.js';
import { Patience } from './patience.js';
import { Place } from './place.js';
import { type Ends, endsOf, revive } from './positions.js';
import { decodeAll, type Outgoing } from './record.js';
import { awaitTopic } from './topics.js';

export interface ConsumeContext {
  options: KafkaLogOptions;
  guard: Guard;
  names: Names;
  partitions: number;
  closed: AbortSignal;
  /** Messages as they are sent. */
  encode(topic: string, messages: readonly LogMessage[]): Promise<Outgoing[]>;
  send(messages: readonly Outgoing[]): Promise<void>;
}

const MAX_BYTES = 16 << 20;
const CONFLICTS = 12;
const IDLE_MS = 1000;
const END_POLL_MS = 60;

/** What a handler threw: it ends the consumer, whatever it is. */
class HandlerFailure {
  constructor(readonly error: unknown) {}
}

/** Hands over batches until the end, the signal, or a failure. One handler at a time. */
export async function consume(context: ConsumeContext, options: ConsumeOptions, handler: BatchHandler): Promise<void> {
  const consumer = new Consumer(context, options, handler);
  try {
    await consumer.run();
  } catch (error) {
    throw error instanceof HandlerFailure ? error.error : asAssayError(error, `consume ${options.topic}`);
  } finally {
    await consumer.end();
  }
}

class Consumer {
  readonly #context: ConsumeContext;
  readonly #options: ConsumeOptions;
  readonly #handler: BatchHandler;
  readonly #topic: string;
  readonly #stop: AbortSignal;
  readonly #client;
  readonly #cluster: Cluster;
  readonly #fetcher: Fetcher;
  readonly #patience: Patience;
  readonly #group: GroupReader | undefined;
  readonly #changed = new Signal();
  #places: Place[] = [];
  #ends: Ends | undefined;
  #turn = 0;
  #failure: unknown;

  constructor(context: ConsumeContext, options: ConsumeOptions, handler: BatchHandler) {
    this.#context = context;
    this.#options = options;
    this.#handler = handler;
    this.#topic = context.names.topic(options.topic);
    this.#stop = options.signal === undefined ? context.closed : AbortSignal.any([options.signal, context.closed]);
    this.#client = openClient(context.options);
    this.#cluster = clusterOf(this.#client);
    this.#patience = new Patience({
      doing: `consume ${options.topic}`,
      limitMs: options.untilEnd === true ? (context.options.patienceMs ?? DEFAULTS.patienceMs) : undefined,
      stop: this.#stop,
      logger: context.options.logger,
    });
    this.#fetcher = new Fetcher(
      this.#cluster,
      this.#topic,
      context.guard,
      (portion) => {
        this.#patience.succeeded();
        this.#places.find(({ partition }) => partition === portion.partition)?.arrived(portion);
        this.#changed.fire();
      },
      (error) => {
        this.#failure = error;
        this.#changed.fire();
      },
    );
    if (options.group !== undefined) this.#group = new GroupReader(context, options, () => this.#changed.fire());
  }

  async run(): Promise<void> {
    let started = false;
    while (!this.#stop.aborted) {
      try {
        if (!started) await this.#start();
        started = true;
        if (!(await this.#step())) return;
      } catch (error) {
        if (this.#stop.aborted && !(error instanceof HandlerFailure)) return;
        if (error instanceof HandlerFailure) throw error;
        if (typeOf(error) === 'OFFSET_OUT_OF_RANGE') await this.#retry(() => this.#outOfRange());
        else await this.#bear(error);
      }
    }
  }

  async end(): Promise<void> {
    this.#client.destroy();
    await this.#group?.end();
    await this.#fetcher.settle();
  }

  async #start(): Promise<void> {
    await awaitTopic(this.#cluster, this.#topic, this.#options.topic);
    if (this.#options.untilEnd === true) this.#ends = await this.#now();
    if (this.#group !== undefined) return;
    const places: Place[] = [];
    for (let p = 0; p < this.#context.partitions; p++)
      places.push(this.#place(p, (await this.#options.from?.(p)) ?? 0, null));
    await this.#settle(places);
  }

  /** One batch, or one pause; false at the end. */
  async #step(): Promise<boolean> {
    const group = this.#group;
    if (group !== undefined && group.assignment === undefined) {
      if (this.#ends !== undefined && (await group.reached(this.#ends, this.#places))) return false;
      this.#places = [];
      const starts = await group.join();
      await this.#settle(starts.map(({ partition, start, committed }) => this.#place(partition, start, committed)));
    }
    if (this.#failure !== undefined) {
      const failure = this.#failure;
      this.#failure = undefined;
      throw failure;
    }
    // Seen before looking, so that nothing that arrives meanwhile is slept through.
    const seen = this.#changed.version;
    const wanted = this.#places.filter((p) => p.position < p.last && p.waiting < this.#options.maxMessages);
    const busy = this.#places.some((place) => place.ready);
    this.#fetcher.fetch(new Map(wanted.map(({ partition, position }) => [partition, position])), busy);
    const place = this.#next();
    if (place !== undefined) {
      await this.#handle(place);
      return true;
    }
    const done = this.#ends !== undefined && this.#places.every((p) => p.done);
    if (done && (group === undefined || (await group.reached(this.#ends as Ends, this.#places)))) return false;
    await this.#changed.wait(seen, this.#stop, done ? END_POLL_MS : IDLE_MS);
    return true;
  }

  async #handle(place: Place): Promise<void> {
    const { topic, maxMessages, maxBytes = MAX_BYTES, from } = this.#options;
    const group = this.#group;
    if (group !== undefined && !(await group.ready(place))) return;
    const cut = place.cut(maxMessages, maxBytes);
    const messages = await decodeAll(topic, cut.records, this.#context.options.codec);
    const outbox = new Map<string, LogMessage[]>();
    // Who keeps offsets is told of gaps too; a group just commits them.
    if (messages.length > 0 || from !== undefined) {
      const batch = { topic, partition: place.partition, messages, firstOffset: place.handed, nextOffset: cut.next };
      try {
        await this.#handler(batch, {
          append(to, outputs) {
            const list = outbox.get(to);
            if (list === undefined) outbox.set(to, [...outputs]);
            else for (const output of outputs) list.push(output);
          },
        });
      } catch (error) {
        if (error instanceof AssayError && error.code === 'OFFSET_CONFLICT') return this.#conflict(place, error);
        throw new HandlerFailure(error);
      }
    }
    const outputs: Outgoing[] = [];
    for (const [to, list] of outbox) for (const output of await this.#encoded(to, list)) outputs.push(output);
    if (group !== undefined && from === undefined && outputs.length > 0) {
      if (!(await this.#retry(() => group.transact(place, outputs, cut.next)))) return;
    } else {
      if (outputs.length > 0) await this.#sent(outputs);
      if (group !== undefined && !(await this.#retry(() => group.commit(place, cut.next)))) return;
    }
    this.#patience.succeeded();
    place.advance(cut);
  }

  /** Outputs that cannot be written end the consumer: to repeat the batch would not change them. */
  async #encoded(topic: string, messages: readonly LogMessage[]): Promise<Outgoing[]> {
    return this.#context.encode(topic, messages).catch((error: unknown) => {
      throw new HandlerFailure(error);
    });
  }

  async #sent(outputs: readonly Outgoing[]): Promise<void> {
    await this.#context.send(outputs).catch((error: unknown) => {
      throw new HandlerFailure(error);
    });
  }

  /** Another consumer owns the partition now, or owned it: the place is where the truth says. */
  async #conflict(place: Place, error: AssayError): Promise<void> {
    const own = this.#group !== undefined || this.#options.from !== undefined;
    if (!own || ++place.conflicts > CONFLICTS) throw new HandlerFailure(error);
    const pause = Math.min(250, 10 * 2 ** place.conflicts);
    await sleep(pause, undefined, { signal: this.#stop }).catch(() => {});
    if (this.#stop.aborted) return;
    if (this.#group !== undefined && !(await this.#retry(() => (this.#group as GroupReader).confirm()))) return;
    const stored = await this.#options.from?.(place.partition);
    const committed = await this.#group?.committed(place.partition);
    place.move(stored ?? committed ?? 0);
  }

  /** Repeats the work through outages. */
  async #retry<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.#stop.aborted || error instanceof HandlerFailure) throw error;
        await this.#bear(error);
      }
    }
  }

  async #bear(error: unknown): Promise<void> {
    await this.#patience.after(error);
    await revive(this.#cluster);
    await this.#group?.revive();
  }

  /** Retention or a cut-off topic moved the ends under the place of a consumer. */
  async #outOfRange(): Promise<void> {
    const ends = await this.#now();
    for (const place of this.#places) {
      const { start, end } = ends.get(place.partition) ?? { start: 0, end: 0 };
      if (place.position > end) throw missing(this.#options.topic, place.partition, place.position, end);
      if (place.position >= start) continue;
      const details = { server: 'kafka', topic: this.#options.topic, partition: place.partition };
      if (place.committed !== null || place.position > 0)
        this.#context.options.logger?.warn(details, `retention removed offsets ${place.position} to ${start} unread`);
      place.skip(start);
    }
  }

  /** Takes the places, when none lies past the end of its partition. */
  async #settle(places: Place[]): Promise<void> {
    const ends = this.#ends;
    if (ends !== undefined && places.some((place) => place.position > (ends.get(place.partition)?.end ?? 0))) {
      const now = await this.#now();
      for (const { partition, position } of places) {
        const end = now.get(partition)?.end ?? 0;
        if (position > end) throw missing(this.#options.topic, partition, position, end);
      }
    }
    this.#places = places;
  }

  #place(partition: number, start: number, committed: number | null): Place {
    const last = this.#ends === undefined ? Number.MAX_SAFE_INTEGER : (this.#ends.get(partition)?.end ?? 0);
    return new Place(partition, start, committed, last);
  }

  /** Partitions take turns. */
  #next(): Place | undefined {
    for (let i = 0; i < this.#places.length; i++) {
      const place = this.#places[(this.#turn + i) % this.#places.length] as Place;
      if (!place.ready) continue;
      this.#turn = (this.#turn + i + 1) % this.#places.length;
      return place;
    }
    return undefined;
  }

  #now(): Promise<Ends> {
    return endsOf(this.#cluster, this.#topic, this.#context.partitions);
  }
}

function missing(topic: string, partition: number, start: number, end: number): AssayError {
  return new AssayError(
    'LOG_CORRUPT',
    `topic ${topic}, partition ${partition} ends at offset ${end}, but its consumer has already read up to ${start}: ` +
      'messages that were acknowledged are missing from the log',
    { details: { topic, partition, start, end } },
  );
}
