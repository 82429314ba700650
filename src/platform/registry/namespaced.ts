import type { SchemaRegistry } from './port.js';

/**
 * A registry whose subjects begin with the installation's namespace, as its topics do: `raw-value` is `assay.raw-value`
 * to everybody else, which is where clients look for the schema of the topic `assay.raw`. Other subjects are not listed.
 */
export function namespaced(registry: SchemaRegistry, namespace: string): SchemaRegistry {
  const before = `${namespace}.`;
  const named = (subject: string) => before + subject;
  return {
    register: (subject, schema) => registry.register(named(subject), schema),
    byId: (id) => registry.byId(id),
    subjects: async () =>
      (await registry.subjects())
        .filter((subject) => subject.startsWith(before))
        .map((subject) => subject.slice(before.length)),
    versions: async (subject) => (await registry.versions(named(subject))).map((version) => ({ ...version, subject })),
    check: (subject, schema) => registry.check(named(subject), schema),
    compatibility: (subject, level) => registry.compatibility(subject === null ? null : named(subject), level),
  };
}
