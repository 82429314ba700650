import { contractSchema, explainReason, levelOf, type VersionedContract } from '../harmonize/index.js';
import { judge, parseSchema, type SchemaRegistry } from '../platform/registry/index.js';
import { compareText } from '../records.js';

/** What the registry would say to a contract file. */
export interface ContractFinding {
  name: string;
  file: string;
  /** registered: it is a version already. new: there is none yet. compatible, incompatible: it would be the next one, or not. */
  state: 'registered' | 'new' | 'compatible' | 'incompatible';
  /** The version it is, or would be. */
  version: number;
  compatibility: VersionedContract['compatibility'];
  reasons: string[];
}

/** Holds the contract files against the registry and changes nothing in it: a file's own level is the one that counts. */
export async function checkContracts(
  contracts: ReadonlyMap<string, VersionedContract>,
  registry: SchemaRegistry,
): Promise<ContractFinding[]> {
  const findings: ContractFinding[] = [];
  for (const contract of [...contracts.values()].sort((a, b) => compareText(a.name, b.name))) {
    const { name, file, compatibility } = contract;
    const { subject, schema, paths } = contractSchema(contract);
    const parsed = parseSchema(schema);
    const versions = await registry.versions(subject);
    const known = versions.find((version) => parseSchema(version.schema).canonical === parsed.canonical);
    const { compatible, reasons } = judge(levelOf(contract), parsed, versions);
    const next = (versions.at(-1)?.version ?? 0) + 1;
    const about = { name, file, compatibility };
    if (known !== undefined) findings.push({ ...about, state: 'registered', version: known.version, reasons: [] });
    else if (!compatible)
      findings.push({
        ...about,
        state: 'incompatible',
        version: next,
        reasons: reasons.map((reason) => explainReason(reason, paths)),
      });
    else findings.push({ ...about, state: next === 1 ? 'new' : 'compatible', version: next, reasons: [] });
  }
  return findings;
}
