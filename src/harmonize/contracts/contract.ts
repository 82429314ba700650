/** What to do about a kind of deviation. */
export type Policy = 'ignore' | 'accept' | 'quarantine' | 'stop';

export type FieldType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any';

/** What the records of a source must look like. The configuration's contracts have this shape. */
export interface Contract {
  name: string;
  /** By path: `price`, `offer.price`, `specs.*` (any key of an object, every element of a list). */
  fields: Readonly<Record<string, { type: FieldType; required: boolean }>>;
  policy: {
    /** A field the contract does not name. */
    newField: Policy;
    /** A required field that is absent or empty. */
    missingField: Policy;
    /** A value of another type. */
    retypedField: Policy;
  };
}

export type DeviationKind = 'new_field' | 'missing_field' | 'retyped_field';

/** One way in which a record departs from its contract. */
export interface Deviation {
  kind: DeviationKind;
  /** Path of the field, with * for any key or element. */
  field: string;
  policy: Policy;
  /** For people: what was found. */
  reason: string;
  /** Object or list that holds the field, and its name there; absent for fields that are missing. */
  holder?: object;
  name?: string | number;
}
