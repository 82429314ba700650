/**
 * Heap of Elasticsearch: the one that the environment names, else what the tests need.
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function heapOf(environment = process.env) {
  const heap = environment.ASSAY_SERVERS_ELASTICSEARCH_HEAP || '512m';
  if (!/^[1-9]\d*[mg]$/.test(heap))
    throw new Error(`ASSAY_SERVERS_ELASTICSEARCH_HEAP is "${heap}", not a size like 512m or 2g`);
  return heap;
}
