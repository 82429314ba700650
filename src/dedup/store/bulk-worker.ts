import { parentPort, workerData } from 'node:worker_threads';
import { AssayError, messageOf } from '../../errors.js';
import type { CanonicalProduct } from '../../records.js';
import { Corpus, decodeSnapshot, scoreCorpus } from '../index.js';
import type { BulkEdges, BulkRecords, BulkSetup, FromBulk, ToBulk } from './bulk-messages.js';

/** The thread of bulk scoring: takes records, keeps what the engine encodes of them, and answers with edges. */
const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread');
const { model, snapshot, uniqueSources, review, marked } = workerData as BulkSetup;
const corpus = new Corpus(model, decodeSnapshot(snapshot), { uniqueSources: new Set(uniqueSources), dropKeys: true });
let rids = new BigInt64Array(1024);
const send = (message: FromBulk, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

function take(records: BulkRecords): void {
  for (let i = 0; i < records.rids.length; i++) {
    const product = JSON.parse(records.products[i] as string) as CanonicalProduct;
    const row = corpus.add({ source: records.sources[i] as string, id: records.ids[i] as string, product });
    if (row === rids.length) {
      const grown = new BigInt64Array(rids.length * 2);
      grown.set(rids);
      rids = grown;
    }
    rids[row] = records.rids[i] as bigint;
  }
}

/** Which rows are marked. */
function markedRows(ids: BigInt64Array): Uint8Array {
  const rows = new Uint8Array(corpus.size);
  for (let row = 0; row < rows.length; row++) {
    const wanted = rids[row] as bigint;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ids[middle] as bigint) < wanted) low = middle + 1;
      else high = middle;
    }
    if (ids[low] === wanted) rows[row] = 1;
  }
  return rows;
}

function score(): BulkEdges {
  const wanted = marked === null ? undefined : markedRows(marked);
  const pairs = scoreCorpus(corpus, {
    ...(wanted !== undefined && { only: (row: number) => wanted[row] === 1 }),
    progress: (done, total) => send({ done, total }),
  });
  const { count, left, right, probability, stage, report, bars } = pairs;
  const rows = Int32Array.from({ length: corpus.size }, (_, row) => row).filter((row) => wanted?.[row] !== 0);
  rows.sort((x, y) => ((rids[x] as bigint) < (rids[y] as bigint) ? -1 : 1));
  let kept = 0;
  for (let p = 0; p < count; p++) if ((probability[p] as number) >= review) kept++;
  const edges: BulkEdges = {
    a: new BigInt64Array(kept),
    b: new BigInt64Array(kept),
    probability: new Float32Array(kept),
    stage: new Uint8Array(kept),
    sourceA: new Int32Array(kept),
    sourceB: new Int32Array(kept),
    sources: corpus.sources,
    rids: BigInt64Array.from(rows, (row) => rids[row] as bigint),
    bars: Int32Array.from(rows, (row) => bars[row] as number),
    report,
    records: corpus.size,
  };
  let at = 0;
  for (let p = 0; p < count; p++) {
    if ((probability[p] as number) < review) continue;
    const [x, y] = [left[p] as number, right[p] as number];
    const [a, b] = (rids[x] as bigint) < (rids[y] as bigint) ? [x, y] : [y, x];
    edges.a[at] = rids[a] as bigint;
    edges.b[at] = rids[b] as bigint;
    edges.probability[at] = probability[p] as number;
    edges.stage[at] = stage[p] as number;
    edges.sourceA[at] = corpus.sourceOf.data[a] as number;
    edges.sourceB[at] = corpus.sourceOf.data[b] as number;
    at++;
  }
  return edges;
}

port.on('message', (message: ToBulk) => {
  try {
    if (message === 'score') {
      const edges = score();
      const { a, b, probability, stage, sourceA, sourceB, rids, bars } = edges;
      send(
        { edges },
        [a, b, probability, stage, sourceA, sourceB, rids, bars].map((column) => column.buffer as ArrayBuffer),
      );
    } else {
      take(message.records);
      send({ taken: message.records.rids.length });
    }
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined;
    send({ failure: { code: error instanceof AssayError ? error.code : undefined, message: messageOf(error), stack } });
  }
});
