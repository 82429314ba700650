import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../errors.js';
import { anyFrameAfter } from './frame.js';
import { Group } from './group.js';
import { SegmentScan, segmentBases, segmentPath } from './segment.js';
import { partitionFolder, readTopics, topicFolder } from './topic.js';

export interface LogCheck {
  topics: number;
  segments: number;
  messages: number;
  bytes: number;
  /** What is damaged, a sentence each, with file and position. */
  damage: string[];
  /** Half-written ends that the next start cuts off. */
  torn: string[];
}

/**
 * Reads every message of a log and checks its checksum and order, without changing anything. `live`: another process is
 * writing, so that the newest segments may end in the middle of a message.
 */
export async function checkLog(folder: string, live: boolean): Promise<LogCheck> {
  const check: LogCheck = { topics: 0, segments: 0, messages: 0, bytes: 0, damage: [], torn: [] };
  for (const spec of readTopics(folder)) {
    check.topics++;
    checkGroups(folder, spec.name, check);
    for (let partition = 0; partition < spec.partitions; partition++) {
      const place = partitionFolder(folder, spec.name, partition);
      const bases = segmentBases(place);
      for (const [i, base] of bases.entries()) {
        checkSegment(segmentPath(place, base), base, i === bases.length - 1, live, check);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }
  return check;
}

function checkSegment(path: string, base: number, newest: boolean, live: boolean, check: LogCheck): void {
  const scan = new SegmentScan(path);
  try {
    let next = base;
    while (scan.next()) {
      if (scan.offset < next)
        check.damage.push(`${path}, byte ${scan.position}: offset ${scan.offset} comes after ${next - 1}`);
      next = scan.offset + 1;
      check.messages++;
    }
    check.segments++;
    check.bytes += scan.position;
    if (scan.state === 'end' || (newest && live)) return;
    const { position } = scan;
    if (newest && !anyFrameAfter(readFileSync(path).subarray(position), 1, next))
      check.torn.push(`${path}: ${scan.size() - position} bytes after byte ${position}`);
    else
      check.damage.push(
        `${path}, byte ${position}, offset ${next}: ${scan.state === 'bad' ? 'wrong checksum' : 'cut short'}`,
      );
  } finally {
    scan.close();
  }
}

function checkGroups(folder: string, topic: string, check: LogCheck): void {
  const groups = join(topicFolder(folder, topic), 'groups');
  for (const name of names(groups)) {
    try {
      new Group(join(groups, name));
    } catch (error) {
      check.damage.push(messageOf(error));
    }
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
