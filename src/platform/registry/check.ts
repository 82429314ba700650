import { AssayError, messageOf } from '../../errors.js';
import type { ServerFinding } from '../finding.js';
import { isUnavailable } from '../guard.js';
import { RegistryClient, RegistryRefusal } from './http-client.js';

export interface RegistryCheckOptions {
  url: string;
  /** Begins the subjects that belong to this installation. */
  namespace: string;
}

const SETTING = 'SCHEMA_REGISTRY_URL (platform.schema_registry_url)';

/**
 * Looks whether a schema registry can keep the schemas, and says of everything that is amiss what to do. Never throws, and
 * changes nothing: whether a login may register is only told by the first start, since what is registered stays for ever.
 */
export async function checkRegistry({ url, namespace }: RegistryCheckOptions): Promise<ServerFinding[]> {
  let client: RegistryClient;
  let shown: string;
  try {
    const { origin, pathname } = new URL(url);
    shown = `${origin}${pathname.replace(/\/+$/, '')}`;
    client = new RegistryClient({ url });
  } catch {
    return [wrong('address', 'it is no address', `Write ${SETTING} as http://host:8081.`)];
  }
  try {
    const subjects = await client.ask<unknown>('GET', '/subjects');
    if (!Array.isArray(subjects)) return [otherProduct(`what answers at ${shown} lists no subjects`)];
    const own = subjects.filter((subject) => String(subject).startsWith(`${namespace}.`)).length;
    return [
      { check: 'address', state: 'ok', message: `a schema registry answers at ${shown}` },
      { check: 'subjects', state: 'ok', message: `${own} of ${subjects.length} are this installation's` },
      await modeFinding(client),
    ];
  } catch (error) {
    return [whyNot(error, shown)];
  }
}

/** Registries can be set to take nothing new; some do not tell. */
async function modeFinding(client: RegistryClient): Promise<ServerFinding> {
  const mode = await client.ask<{ mode?: string }>('GET', '/mode').then(
    (answer) => answer.mode,
    () => undefined,
  );
  if (mode === undefined || mode === 'READWRITE' || mode === 'READWRITE_OVERRIDE')
    return { check: 'mode', state: 'ok', message: mode === undefined ? 'it does not tell' : 'takes new versions' };
  return wrong(
    'mode',
    `the registry is ${mode}: it takes no new versions`,
    'Set it with PUT /mode {"mode": "READWRITE"}, or use the primary.',
  );
}

function whyNot(error: unknown, shown: string): ServerFinding {
  if (isUnavailable(error))
    return wrong('address', `nothing answers at ${shown}: ${messageOf(error)}`, `Start it, or correct ${SETTING}.`);
  const { cause } = error as { cause?: unknown };
  if (cause instanceof RegistryRefusal)
    return wrong(
      'login',
      `the login is refused: ${cause.message}`,
      `Put the right user and password into ${SETTING}: http://user:password@host:8081.`,
    );
  if (error instanceof AssayError || error instanceof RegistryRefusal) return otherProduct(messageOf(error));
  return wrong('questions', messageOf(error), 'See its log.');
}

const otherProduct = (message: string): ServerFinding =>
  wrong('product', message, `Put the address where the registry's HTTP API begins into ${SETTING}.`);

const wrong = (check: string, message: string, advice: string): ServerFinding => ({
  check,
  state: 'wrong',
  message,
  advice,
});
