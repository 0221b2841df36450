#!/usr/bin/env node
/** The command of the package: `npx chat-widget-element mock`. */
import { mock } from './mock.js';

const HELP = `Usage: chat-widget-element <command>

  mock    plays a chat story to clients on this machine: chat-widget-element mock --help
`;

const [command, ...rest] = process.argv.slice(2);
if (command === 'mock') process.exitCode = await mock(rest);
else if (command === undefined || command === '--help' || command === '-h') process.stdout.write(HELP);
else {
  process.stderr.write(`There is no command "${command}".\n\n${HELP}`);
  process.exitCode = 1;
}
