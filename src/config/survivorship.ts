import { type SchemaOptions, Type } from '@sinclair/typebox';
import { RULES } from '../master/survivorship/index.js';
import { didYouMean } from '../suggest.js';
import type { Mistakes } from './mistakes.js';
import type { YamlFile } from './yaml-file.js';

const ruleName = (options?: SchemaOptions) =>
  Type.Unsafe<string>(
    Type.Union(
      [...RULES.values()].map((rule) => Type.Literal(rule.name, { description: rule.summary })),
      options,
    ),
  );

/** The name of a registered survivorship rule, or the name with the sources whose values it prefers. */
export const survivorshipRule = (options: SchemaOptions) =>
  Type.Union(
    [
      ruleName(),
      Type.Object({
        rule: ruleName({ description: 'The rule.' }),
        prefer: Type.Optional(
          Type.Array(Type.String({ minLength: 1 }), {
            minItems: 1,
            description: 'Sources that come before all others for this attribute, best first, whatever their priority.',
          }),
        ),
      }),
    ],
    { expects: `one of ${[...RULES.keys()].join(', ')}, or {rule, prefer}`, ...options },
  );

/** Sources that a rule prefers and that do not exist. `golden` is that part of the settings, checked by its schema. */
export function checkPreferred(golden: unknown, sources: readonly string[], yaml: YamlFile, mistakes: Mistakes): void {
  const { default: fallback, attributes } = golden as { default: unknown; attributes: Record<string, unknown> };
  const rules: [string[], unknown][] = [
    [['golden', 'default'], fallback],
    ...Object.entries(attributes).map(([path, rule]): [string[], unknown] => [['golden', 'attributes', path], rule]),
  ];
  for (const [path, rule] of rules) {
    const preferred = (rule as { prefer?: readonly string[] }).prefer ?? [];
    preferred.forEach((name, i) => {
      if (sources.includes(name)) return;
      const known = sources.length === 0 ? ' (there are no sources)' : ` (known: ${sources.join(', ')})`;
      const hint = didYouMean(name, sources) || known;
      mistakes.add(yaml.file, yaml.line([...path, 'prefer', String(i)]), `there is no source "${name}"${hint}`);
    });
  }
}
