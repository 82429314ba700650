import { Command } from 'commander';
import type { CommandIo } from './io.js';
import { COMMANDS } from './registry.js';
import { packageVersion } from './version.js';

/**
 * The program with its commands: the one that `argv` names is loaded and complete, the others are there for the help and
 * for "did you mean".
 */
export async function buildProgram(argv: readonly string[], io: CommandIo): Promise<Command> {
  const program = new Command('assay')
    .description('Finds the listings that are the same product, keeps one golden record for each, and serves it.')
    .option('--config <folder>', 'folder that holds assay.yaml and sources/', 'config')
    .option('--json', 'print results and errors as JSON')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // main tells errors, in one form for all of them.
      outputError: () => {},
    })
    .exitOverride();
  const wanted = commandName(argv);
  for (const entry of COMMANDS) {
    if (entry.name === wanted) (await entry.load())(program, io);
    else program.command(entry.name).description(entry.summary);
  }
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** The first word that is neither an option nor the value of `--config`; after `help`, the word it explains. */
function commandName(argv: readonly string[]): string | undefined {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--config') i++;
    else if (!word.startsWith('-')) words.push(word);
  }
  return words[0] === 'help' ? words[1] : words[0];
}

function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
}
