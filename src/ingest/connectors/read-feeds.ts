import { AssayError, type ErrorCode, messageOf } from '../../errors.js';
import { feedFault, type PullContext, type PullItem } from '../connector.js';
import { decode, type Sniffer, type TextChunk } from '../formats/text.js';
import { type FeedOptions, openFeeds } from '../transport/index.js';

/** What turns the text of one feed into items. */
export interface FeedReader {
  push(chunk: TextChunk): PullItem[];
  /** What is left at the end. `failure`: the feed broke off, so an open record is not trusted. */
  end(failure?: unknown): PullItem[];
}

/**
 * Reads every file of a source through a reader of its own. A file that fails in the middle gives the records before the
 * failure and one fault that says so; the next file is read all the same.
 */
export async function* readFeeds(
  options: FeedOptions,
  context: PullContext,
  reader: (name: string) => FeedReader,
  sniff?: Sniffer,
): AsyncGenerator<PullItem[]> {
  for await (const feed of openFeeds(options, context)) {
    const parser = reader(feed.name);
    let failure: unknown;
    try {
      for await (const chunk of decode(feed.chunks, options.encoding, sniff)) {
        const items = parser.push(chunk);
        if (items.length > 0) yield items;
      }
    } catch (error) {
      context.signal.throwIfAborted();
      failure = error;
    }
    const items = parser.end(failure);
    if (failure !== undefined) items.push(failureFault(failure, feed.name));
    if (items.length > 0) yield items;
  }
}

/** The fault of a feed that failed. Failures that are not the source's (a bug, a wrong option) are thrown on. */
export function failureFault(failure: unknown, name: string): PullItem {
  if (!(failure instanceof AssayError) || failure.code === 'CONFIG_INVALID') throw failure;
  return feedFault(failure.code as Exclude<ErrorCode, 'RECORD_MALFORMED'>, messageOf(failure), name);
}
