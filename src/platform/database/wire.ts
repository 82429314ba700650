/**
 * What travels between a database client and the thread that runs Postgres, over a message port or a socket. Statements
 * and results stay in Postgres' own wire format, so that they are encoded once, by the client, and passed on as bytes.
 */
export type WireRequest =
  /** A statement; outside a transaction it waits for the open one to end. */
  | { op: 'query'; tx: string | null; message: Uint8Array }
  /** COPY … FROM '/dev/blob' of text rows. */
  | { op: 'copy'; tx: string; statement: string; rows: Uint8Array }
  /** Waits for its turn, then holds the connection until `end`. */
  | { op: 'begin'; tx: string }
  | { op: 'end'; tx: string; commit: boolean }
  /** The client is gone: its transactions are rolled back. */
  | { op: 'drop' };

export interface WireReply {
  /** Messages of the backend, for `query` and `end`. */
  bytes?: Uint8Array;
  failure?: WireFailure;
}

/** Fields of an error message of Postgres. */
export interface WireFailure {
  message: string;
  sqlstate?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
  constraint?: string | undefined;
  where?: string | undefined;
}

/** A connection to the thread that runs Postgres. */
export interface Wire {
  request(request: WireRequest): Promise<WireReply>;
  close(): Promise<void>;
}

/** What the worker thread receives and answers. `client` tells the users of a shared database apart; 0 is the owner. */
export interface WorkerRequest {
  id: number;
  client: number;
  request: WireRequest | { op: 'close' };
}

export interface WorkerReply extends WireReply {
  /** 0: the answer to opening the database. */
  id: number;
}
