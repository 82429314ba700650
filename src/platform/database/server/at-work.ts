import type { Connections } from './connections.js';
import type { Session } from './session.js';

/** Whether the server is still at a connection's statement: asked over another one, beside the pool. */
export async function isAtWork({ client }: Session, connections: Pick<Connections, 'open'>): Promise<boolean> {
  const pid = (client as unknown as { processID: number }).processID;
  const { session, result } = await connections.open((other) =>
    other.run("select 1 from pg_stat_activity where pid = $1 and state = 'active'", [pid]),
  );
  await session.client.end().catch(() => {});
  return result.rows.length > 0;
}
