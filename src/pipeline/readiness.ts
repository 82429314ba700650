import type { Platform } from '../platform/index.js';

const PATIENCE_MS = 1000;

/** Whether the process can do its work: the database answers. Other servers that are away are told, not fatal. */
export async function platformReadiness({
  database,
  guards,
}: Platform): Promise<{ ready: boolean; reason?: string; degraded?: string[] }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), PATIENCE_MS);
  });
  try {
    await Promise.race([database.query('select 1'), late]);
  } catch {
    return { ready: false, reason: 'the database does not answer' };
  } finally {
    clearTimeout(timer);
  }
  const away = guards().flatMap(({ name, breaker }) => (breaker === 'closed' ? [] : [name]));
  return away.length === 0 ? { ready: true } : { ready: true, degraded: [...new Set(away)] };
}

/** Whether the database is known to be away. Asking also tries it, as often as its breaker lets through: no one else may. */
export function databaseAway({ database, guards }: Pick<Platform, 'database' | 'guards'>): boolean {
  const away = guards().some(({ name, breaker }) => name === 'postgres' && breaker !== 'closed');
  if (away) database.query('select 1').catch(() => undefined);
  return away;
}
