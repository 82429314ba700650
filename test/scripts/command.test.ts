import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from '../../scripts/servers/command.mjs';

const ALL = ['kafka', 'postgres', 'redis', 'elasticsearch'];

describe('the command line of the servers', () => {
  it('means all servers when it names none', () => {
    expect(parseCommand(['start'])).toEqual({ command: 'start', names: ALL, options: {} });
    expect(parseCommand(['stop', 'redis', 'redis', 'kafka']).names).toEqual(['redis', 'kafka']);
  });

  it('takes what the servers have to guarantee, at the start only', () => {
    expect(parseCommand(['start', '--no-fsync', '--appendonly', 'postgres'])).toEqual({
      command: 'start',
      names: ['postgres'],
      options: { fsync: false, appendonly: true },
    });
    expect(() => parseCommand(['stop', '--no-fsync'])).toThrow('takes no options');
  });

  it.each([
    [[], 'a command is missing'],
    [['begin'], 'there is no command "begin"'],
    [['start', 'mysql'], 'there is no server "mysql"; there are kafka, postgres, redis, elasticsearch'],
    [['start', '--fast'], '--fast'],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommand(args)).toThrow(UsageError);
    expect(() => parseCommand(args)).toThrow(message);
  });

  it('helps', () => {
    expect(parseCommand(['--help']).command).toBe('help');
  });
});
