import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { AssayError } from '../errors.js';
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.js';

/** What the lock file tells about the process that writes to a data directory. */
export interface LockHolder extends ProcessIdentity {
  /** Never used twice. */
  token: string;
  host: string;
  /** What it is, for people: the command it was started with. */
  command: string;
  /** Where other processes are let in; absent for a process that lets nobody in. */
  socket?: string;
  /** Of the language spoken there. */
  protocol: number;
  /** It only reads, and will be done soon. */
  brief?: boolean;
  /** ISO 8601. */
  since: string;
}

export interface DataLock {
  readonly holder: LockHolder;
  release(): void;
}

export interface LockOptions {
  socket?: string;
  protocol?: number;
  brief?: boolean;
  /** Whether someone answers at a socket: decides where the process cannot be looked at (another container). */
  answers?: (socket: string) => Promise<boolean>;
}

const FILE = 'assay.lock';

/**
 * Takes the data directory for writing. There is no heartbeat: a process that is busy for a minute is not dead. A lock
 * is taken over only when its process is gone, and by one process only: the right to remove the lock with token T is the
 * file `assay.lock.over-T`, which can be created once; tokens never return, so a late comer that finds another token in
 * the lock gives up.
 *
 * @throws AssayError DATA_DIR_LOCKED, with the holder in its details.
 */
export async function takeLock(folder: string, options: LockOptions = {}): Promise<DataLock> {
  mkdirSync(folder, { recursive: true });
  const holder: LockHolder = {
    ...thisProcess(),
    token: randomUUID(),
    host: hostname(),
    command: commandLine(),
    ...(options.socket !== undefined && { socket: options.socket }),
    protocol: options.protocol ?? 0,
    ...(options.brief === true && { brief: true }),
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 10; attempt++) {
    if (create(lockFile(folder), holder)) {
      return { holder, release: () => release(folder, holder.token) };
    }
    const other = readHolder(folder);
    if (other === undefined) continue;
    if (await lives(other, options.answers)) throw locked(folder, other);
    await takeOver(folder, other.token, options.answers);
  }
  throw new AssayError('DATA_DIR_LOCKED', `the lock of ${folder} keeps changing hands; try again`);
}

/** Who holds the lock, dead or alive; undefined when nobody does. */
export function readHolder(folder: string): LockHolder | undefined {
  return readClaim(lockFile(folder));
}

/** Whether the holder of a lock still runs. */
export async function lives(holder: LockHolder, answers?: LockOptions['answers']): Promise<boolean> {
  const alive = isAlive(holder);
  if (alive !== undefined) return alive;
  // Its process cannot be seen from here. On a machine that was started again it is gone, in another container on this
  // machine its socket tells, and on another machine only a person can.
  if (holder.host !== hostname() && holder.boot !== thisProcess().boot) return true;
  if (holder.boot !== thisProcess().boot) return false;
  if (holder.socket === undefined || answers === undefined || !existsSync(holder.socket)) return true;
  return answers(holder.socket);
}

export function locked(folder: string, holder: LockHolder): AssayError {
  const { pid, command, host, since } = holder;
  const where = host === hostname() ? '' : ` on ${host}`;
  return new AssayError('DATA_DIR_LOCKED', `${folder} is used by process ${pid}${where} (${command}), since ${since}`, {
    details: { folder, pid, command, host, since },
  });
}

function lockFile(folder: string): string {
  return join(folder, FILE);
}

async function takeOver(folder: string, token: string, answers: LockOptions['answers']): Promise<void> {
  const claimFile = (of: string): string => join(folder, `${FILE}.over-${of}`);
  const claim: LockHolder = {
    ...thisProcess(),
    token: randomUUID(),
    host: hostname(),
    command: '',
    protocol: 0,
    since: '',
  };
  const claims: string[] = [];
  // A process may die while it takes over: the right then passes on from its claim, and so on.
  for (let of = token; ; ) {
    claims.push(claimFile(of));
    if (create(claimFile(of), claim)) break;
    const other = readClaim(claimFile(of));
    if (other === undefined) return;
    if (await lives(other, answers)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return;
    }
    of = other.token;
  }
  if (readHolder(folder)?.token === token) rmSync(lockFile(folder), { force: true });
  for (const file of claims) rmSync(file, { force: true });
}

function release(folder: string, token: string): void {
  if (readHolder(folder)?.token === token) rmSync(lockFile(folder), { force: true });
}

/** Creates the file with its content in one step, so that nobody ever reads half of it. */
function create(file: string, holder: LockHolder): boolean {
  const draft = `${file}.${holder.token}`;
  writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Undefined when there is no such file. One that a power failure has emptied reads as a dead process's. */
function readClaim(file: string): LockHolder | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return { pid: -1, token: 'unreadable', host: hostname(), command: '', protocol: 0, since: '' };
  }
}

function commandLine(): string {
  const [, script = 'node', ...args] = process.argv;
  return [basename(script), ...args].join(' ').slice(0, 200);
}
