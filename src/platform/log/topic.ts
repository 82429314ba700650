import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError, messageOf } from '../../errors.js';
import { type LogIo, replaceFile, syncFolder } from './io.js';
import type { TopicSpec } from './port.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const FILE = 'topic.json';

export function topicFolder(root: string, topic: string): string {
  return join(root, topic);
}

export function partitionFolder(root: string, topic: string, partition: number): string {
  return join(root, topic, String(partition));
}

/** Writes a new topic's folders; its description comes last, so that a half-made topic is not there. */
export function writeTopic(root: string, spec: TopicSpec, io: LogIo, durable: boolean): void {
  if (!NAME.test(spec.name)) throw new AssayError('BAD_REQUEST', `"${spec.name}" cannot name a topic`);
  if (!Number.isInteger(spec.partitions) || spec.partitions < 1 || spec.partitions > 1024)
    throw new AssayError('BAD_REQUEST', `topic ${spec.name}: partitions must be a whole number from 1 to 1024`);
  const folder = topicFolder(root, spec.name);
  for (let p = 0; p < spec.partitions; p++) mkdirSync(partitionFolder(root, spec.name, p), { recursive: true });
  replaceFile(io, join(folder, FILE), `${JSON.stringify(spec)}\n`, durable);
  if (durable) {
    syncFolder(folder);
    syncFolder(root);
  }
}

/** The topics of a log folder, by name. */
export function readTopics(root: string): TopicSpec[] {
  if (!existsSync(root)) return [];
  const specs: TopicSpec[] = [];
  for (const name of readdirSync(root).sort()) {
    const file = join(root, name, FILE);
    if (NAME.test(name) && existsSync(file)) specs.push(readSpec(file));
  }
  return specs;
}

function readSpec(file: string): TopicSpec {
  try {
    const spec = JSON.parse(readFileSync(file, 'utf8')) as TopicSpec;
    if (!NAME.test(spec.name) || !Number.isInteger(spec.partitions)) throw new Error('name or partitions are missing');
    return spec;
  } catch (error) {
    throw new AssayError('LOG_CORRUPT', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
