/** Why a command stopped whose reader went away: no failure. */
export const PIPE_CLOSED = 'the reader closed the pipe';

/**
 * Turns the first Ctrl-C (or SIGTERM) into an abort, so that work stops at a safe point. The second one has its default
 * effect again: it ends the process. A reader that closed the pipe (`assay export … | head`) aborts too.
 */
export function interruptible(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    handBack();
  };
  const broken = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    controller.abort(PIPE_CLOSED);
  };
  const handBack = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  const release = () => {
    handBack();
    process.stdout.off('error', broken);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.stdout.on('error', broken);
  return { signal: controller.signal, release };
}
