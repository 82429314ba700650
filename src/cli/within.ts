import { resolve } from 'node:path';
import type { Command } from 'commander';
import { openWorkspace, type Workspace } from '../workspace.js';
import { type CommandIo, globalOptions } from './io.js';

/** Does a command's work in its workspace, opened for reading: beside a running service it goes through that one. */
export async function within(
  command: Command,
  io: CommandIo,
  work: (workspace: Workspace, json: boolean) => Promise<void>,
): Promise<void> {
  const { config: folder, json } = globalOptions(command);
  const workspace = await openWorkspace(resolve(io.cwd, folder), io);
  try {
    await work(workspace, json);
  } finally {
    await workspace.close();
  }
}
