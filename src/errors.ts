/**
 * Every error Assay raises on purpose, in one table: a code that never changes its meaning, the HTTP status it becomes,
 * a title, and what the reader can do about it. `{name}` in a message is filled from the details.
 */
export const ERRORS = {
  CONFIG_INVALID: {
    status: 500,
    title: 'The configuration is not valid',
    hint: 'Mend the lines named above; `assay source check` checks again.',
  },
  USAGE: { status: 400, title: 'The command was not understood', hint: 'See `assay --help`.' },
  INPUT_INVALID: {
    status: 422,
    title: 'An input file cannot be used',
    hint: 'Mend the file at the place named above and run the command again.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is no such thing',
    hint: 'Check the id; `GET /v1/search?q=` finds products by text.',
  },
  RETIRED: {
    status: 410,
    title: 'This product is retired',
    hint: 'Every record of it was withdrawn; its history is kept at the link in the body.',
  },
  BAD_REQUEST: { status: 400, title: 'The request is not valid', hint: 'The API is described at /docs.' },
  NOT_READY: { status: 503, title: 'Not ready yet', hint: 'Ask /ready until it answers 200.' },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong inside',
    hint: 'The log has the details under the same request id.',
  },
  CHECK_FAILED: {
    status: 500,
    title: 'A check found something wrong',
    hint: 'What to do stands beside each finding.',
  },
  SOURCE_UNREACHABLE: {
    status: 502,
    title: 'A source could not be read',
    hint: 'Check the address and credentials in its file; `assay source preview NAME` tries it.',
  },
  SOURCE_REFUSED: {
    status: 403,
    title: 'A source address is not allowed',
    hint: 'Allow it in the source file (allow_private, roots) if it is meant.',
  },
  SOURCE_MALFORMED: {
    status: 422,
    title: 'A source sent something that cannot be read',
    hint: '`assay dead-letters list` shows the records.',
  },
  RECORD_MALFORMED: {
    status: 422,
    title: 'A record cannot be read',
    hint: '`assay dead-letters show` has the original.',
  },
  CONTRACT_VIOLATED: {
    status: 422,
    title: 'A record or feed breaks its contract',
    hint: 'Change the contract or its policy in config/contracts.',
  },
  MAPPING_FAILED: {
    status: 422,
    title: 'A record could not be mapped',
    hint: 'Change the mapping, then `assay dead-letters retry`.',
  },
  WITHDRAWAL_GUARD: {
    status: 409,
    title: 'Too many records would be withdrawn at once',
    hint: 'If the feed is right, raise withdraw.max_share in its file and run again.',
  },
  LOG_CORRUPT: {
    status: 500,
    title: 'The log is damaged',
    hint: 'The message names segment and offset; `assay doctor` tells what can be recovered.',
  },
  DISK_FULL: {
    status: 507,
    title: 'The disk is full',
    hint: 'Free space in the data directory and run again; nothing that was acknowledged is lost.',
  },
  DATA_DIR_LOCKED: {
    status: 409,
    title: 'Another process uses the data directory',
    hint: 'Stop it, or point ASSAY_DATA_DIR to another folder.',
  },
  DATABASE: { status: 500, title: 'The database refused a statement', hint: 'The cause has the SQL state.' },
  MIGRATION_FAILED: {
    status: 500,
    title: 'A migration failed',
    hint: 'The message names the file; the database was left as it was before it.',
  },
  MODEL_INVALID: {
    status: 500,
    title: 'A model file cannot be used',
    hint: 'The message names the file and the reason.',
  },
  PLATFORM_UNAVAILABLE: {
    status: 503,
    title: 'A server of the platform does not answer',
    hint: 'Start it again; work goes on where it stopped. `assay doctor` tells what cannot be reached.',
  },
  PLATFORM_INVALID: {
    status: 500,
    title: 'A server of the platform is not set up as needed',
    hint: '`assay doctor` names each setting and its cure.',
  },
  SCHEMA_INVALID: {
    status: 422,
    title: 'A schema cannot be used',
    hint: 'The message names the place; schemas are Avro in JSON.',
  },
  SCHEMA_INCOMPATIBLE: {
    status: 409,
    title: 'A schema is not compatible with the versions before it',
    hint: 'Give new fields a default and keep required ones, or change the compatibility of the subject.',
  },
  OFFSET_CONFLICT: {
    status: 409,
    title: 'Another worker owns this partition',
    hint: 'Nothing to do: the batch was rolled back and its owner applies it.',
  },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a code of the table, a message that says what happened where, and details for logs and problem bodies. */
export class AssayError extends Error {
  override readonly name = 'AssayError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: Record<string, unknown> } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get hint(): string {
    return ERRORS[this.code].hint;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
