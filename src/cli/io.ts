import type { Writable } from 'node:stream';
import type { Command } from 'commander';

/** What a command may touch of the outside. */
export interface CommandIo {
  /** Results. */
  stdout: Writable;
  /** Progress, log lines and errors. */
  stderr: Writable;
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Aborted by Ctrl-C: stop at the next safe point. */
  signal: AbortSignal;
}

/** Adds one command to the program: a thin binding over a function that can be called without it. */
export type CommandModule = (program: Command, io: CommandIo) => void;

/** Options that every command has. */
export interface GlobalOptions {
  /** The configuration folder, as given. */
  config: string;
  /** Print results and errors as JSON. */
  json: boolean;
}

/** The global options as seen from a command's action. */
export function globalOptions(command: Command): GlobalOptions {
  const { config, json } = command.optsWithGlobals<{ config?: string; json?: boolean }>();
  return { config: config ?? 'config', json: json ?? false };
}

/** Writes one line of results. */
export function writeLine(io: CommandIo, text: string): void {
  io.stdout.write(`${text}\n`);
}

/** Writes a result as indented JSON. */
export function writeJson(io: CommandIo, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
