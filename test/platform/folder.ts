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
  return { assay: { dataDir, platform: { kafkaBrokers: [] }, log: { segmentBytes: 1 << 20 }, search: {} } };
}
