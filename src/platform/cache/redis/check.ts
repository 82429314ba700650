import type { ServerFinding } from '../../finding.js';

export async function checkRedis(_options: { url: string }): Promise<ServerFinding[]> {
  return [];
}
