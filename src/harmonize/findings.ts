import type { Deviation } from './contracts/index.js';
import type { HarmonizeResult } from './harmonizer.js';

/** A feed of ever new columns says so once more, then only counts. */
const MOST_FIELDS_TOLD = 20;
const KIND = { new_field: 'is new', missing_field: 'is missing', retyped_field: 'has another type' } as const;

/** Counts of one batch, and notices that a harmonizer has not given before. */
export interface BatchFindings {
  count(source: string, outcome: string): void;
  notice(source: string, code: string, message: string): void;
  /** A deviation that the contract takes on: counted as `<kind>:<field>` every time, told once with the count so far. */
  accepted(source: string, deviation: Deviation): void;
  /** Writes counts and notices into the result. */
  end(): void;
}

export class Findings {
  /** `source, code, field` of what was told already. */
  readonly #told = new Set<string>();
  readonly #fieldsTold = new Map<string, number>();

  begin(result: HarmonizeResult): BatchFindings {
    const counts = new Map<string, Map<string, number>>();
    const fresh: { source: string; deviation: Deviation; outcome: string }[] = [];
    const count = (source: string, outcome: string) => {
      let own = counts.get(source);
      if (own === undefined) {
        own = new Map();
        counts.set(source, own);
      }
      own.set(outcome, (own.get(outcome) ?? 0) + 1);
    };
    const notice = (source: string, code: string, message: string) => {
      const key = `${source}\u001f${code}\u001f${message}`;
      if (this.#told.has(key)) return;
      this.#told.add(key);
      result.notices.push({ source, code, message });
    };
    return {
      count,
      notice,
      accepted: (source, deviation) => {
        const key = `${source}\u001f${deviation.kind}\u001f${deviation.field}`;
        const told = this.#fieldsTold.get(source) ?? 0;
        if (!this.#told.has(key) && told < MOST_FIELDS_TOLD) {
          this.#told.add(key);
          this.#fieldsTold.set(source, told + 1);
          fresh.push({ source, deviation, outcome: `${deviation.kind}:${deviation.field}` });
        }
        // The count of a field is kept for those told by name, so that a feed cannot grow the counters without end.
        count(source, this.#told.has(key) ? `${deviation.kind}:${deviation.field}` : `${deviation.kind}:(others)`);
        if (!this.#told.has(key))
          notice(
            source,
            'contract_deviations',
            `more than ${MOST_FIELDS_TOLD} fields depart from the contract; the others are only counted`,
          );
      },
      end: () => {
        for (const { source, deviation, outcome } of fresh) {
          const times = counts.get(source)?.get(outcome) ?? 0;
          const records = times === 1 ? 'one record' : `${times} records`;
          notice(
            source,
            deviation.kind,
            `the field "${deviation.field}" ${KIND[deviation.kind]} and was accepted (in ${records} so far)`,
          );
        }
        for (const [source, own] of counts)
          for (const [outcome, n] of own) result.counts.push({ source, outcome, count: n });
      },
    };
  }
}
