import type { Client } from '@elastic/elasticsearch';
import type { ServerFinding } from '../../../finding.js';
import type { RequestOptions } from '../connection.js';
import { type IndexState, readIndices } from '../indices.js';
import { LAYOUT } from '../layout.js';
import type { Names } from '../names.js';
import { ok, warning, wrong } from './finding.js';

/** The indices of the namespace, and what is to be said of them. */
export async function checkIndices(
  client: Client,
  options: Pick<RequestOptions, 'requestTimeout'>,
  names: Names,
): Promise<{ states: IndexState[]; findings: ServerFinding[] }> {
  const states = await readIndices(client, options, names);
  return { states, findings: [currentFinding(states), ...fillingFindings(states)] };
}

function currentFinding(states: readonly IndexState[]): ServerFinding {
  const [current, another] = states.filter((state) => state.current);
  if (current === undefined)
    return warning(
      'index',
      'there is no search index yet',
      'Nothing on a new installation: the next start makes it. Else: assay search-index rebuild.',
    );
  if (another !== undefined)
    return wrong(
      'index',
      `the alias names both ${current.name} and ${another.name}`,
      'assay search-index rebuild puts one in their place.',
    );
  if (current.layout !== LAYOUT)
    return warning(
      'index',
      `${current.name} was made by another version of Assay`,
      'assay search-index rebuild makes one of this version; searches go on meanwhile.',
    );
  return ok('index', current.name);
}

function fillingFindings(states: readonly IndexState[]): ServerFinding[] {
  const names = states.filter(({ filling }) => filling).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    warning(
      'rebuild',
      `${names.join(', ')} is being filled`,
      'Nothing while a rebuild runs; one that ended early is cleared away by the next: assay search-index rebuild.',
    ),
  ];
}
