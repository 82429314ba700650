/** What one pull of one source did. received = new + changed + unchanged + superseded + notOfSource + forgotten + withdrawn + held + refused. */
export interface PullResult {
  source: string;
  /** Items read, and records found to be no longer listed. */
  received: number;
  new: number;
  changed: number;
  unchanged: number;
  /** Repeats of a key within the pull that lost against another of its versions. */
  superseded: number;
  /** Rows of the feed that `where` leaves to other sources. */
  notOfSource: number;
  /** Records that were removed for good and are still listed. */
  forgotten: number;
  withdrawn: number;
  /** Records no longer listed that were kept, because too many would go or the feed has none of the source. */
  held: number;
  /** Items in the dead letters, by error code. */
  refused: Record<string, number>;
  notices: PullNotice[];
  /** The source said that nothing changed; nothing was read. */
  notModified: boolean;
  /** The feed was read to its end: it was not cut, and every part of it could be reached. */
  complete: boolean;
}

export interface PullNotice {
  code: string;
  message: string;
}

export function emptyResult(source: string): PullResult {
  return {
    source,
    received: 0,
    new: 0,
    changed: 0,
    unchanged: 0,
    superseded: 0,
    notOfSource: 0,
    forgotten: 0,
    withdrawn: 0,
    held: 0,
    refused: {},
    notices: [],
    notModified: false,
    complete: true,
  };
}
