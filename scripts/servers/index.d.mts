/** The names of the servers, in the order in which they are told. */
export type ServerName = 'kafka' | 'postgres' | 'redis' | 'elasticsearch';
export declare const SERVER_NAMES: readonly ServerName[];

export interface ServerState {
  name: ServerName;
  version: string;
  /** Undefined when it does not run. */
  pid: number | undefined;
  /** Undefined when it was never started. */
  address: string | undefined;
  healthy: boolean;
}

export interface SetOptions {
  /** Where programs are installed; default: $ASSAY_SERVERS_CACHE. */
  cache?: string;
  /** Where this set has its data, logs, process ids and ports; default: $ASSAY_SERVERS_RUN. */
  run?: string;
  /** Gets one line for each server that was installed, started or stopped. */
  say?: (line: string) => void;
  /** Gives up an install or a start. */
  signal?: AbortSignal;
}

/** Servers with a run folder of their own. All methods may be called from any process. */
export interface ServerSet {
  readonly run: string;
  /** @throws Error that names what is missing. */
  install(names?: readonly ServerName[]): Promise<void>;
  /**
   * Installs what is missing, starts what does not run, and waits until all of it serves.
   * `fsync`: Postgres keeps what it has confirmed when the machine loses power (default: as the last time, at first true).
   * `appendonly`: Redis keeps its data over a restart (default: as the last time, at first false).
   */
  start(names?: readonly ServerName[], options?: { fsync?: boolean; appendonly?: boolean }): Promise<void>;
  /** Ends them in order; data stays. */
  stop(names?: readonly ServerName[]): Promise<void>;
  status(names?: readonly ServerName[]): Promise<ServerState[]>;
  /** ASSAY_TEST_* of those that were started, and ASSAY_SERVERS_RUN. */
  env(): Record<string, string>;
  /** SIGKILL for the server's own process and its children; returns when they are gone. */
  kill(name: ServerName): Promise<void>;
  /** Starts a server again on the same port and data; ends it in order before, if it runs. Returns when it serves. */
  restart(name: ServerName): Promise<void>;
  /** @throws Error with the end of its log when it is not running or does not serve in time (180 s). */
  waitHealthy(name: ServerName, seconds?: number): Promise<void>;
  /** Of the server itself, not of what launched it; undefined when it does not run. */
  pid(name: ServerName): number | undefined;
}

export declare function serverSet(options?: SetOptions): ServerSet;
