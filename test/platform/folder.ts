import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { PlatformConfig } from '../../src/platform/index.js';

const made: string[] = [];

/** A fresh folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'assay-platform-'));
  made.push(path);
  return path;
}

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

export function platformConfig(dataDir: string): PlatformConfig {
  return {
    assay: {
      dataDir,
      platform: { namespace: 'assay', kafkaBrokers: [], kafkaTls: false },
      log: { segmentBytes: 1 << 20 },
      cache: { ttl: 3_600_000, memoryTtl: 10_000, negativeTtl: 5000, entries: 1000 },
      search: { fallback: true },
    },
  };
}
