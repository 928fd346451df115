import type { Command } from './command.ts';

/** All commands in one list, each with what it is for below it: some take a dozen options. */
export function helpText(commands: readonly Command[]): string {
  return [
    'Envoi sends invoices and quotes, knows who received them, and proves it.',
    '',
    ...commands.flatMap((command) => [`  ${callOf(command)}`, `      ${command.summary}`]),
    '',
    'Every command takes --json (results as JSON) and --help. Exit codes: 0 good, 1 refused, 2 misuse.',
  ].join('\n');
}

/** One command with its options. */
export function helpOf(command: Command): string {
  return [`Usage: ${callOf(command)} [--json]`, command.summary].join('\n');
}

function callOf({ name, usage }: Command): string {
  return ['envoi', name, usage].filter(Boolean).join(' ');
}
