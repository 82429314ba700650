import { AssayError, messageOf } from '../../errors.js';

/** What a failed write becomes: DISK_FULL where there is no room, the error itself otherwise. */
export function writeFailure(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new AssayError('DISK_FULL', `no room left to write ${folder}: ${messageOf(error)}`, { cause: error });
  return error;
}
