import type { Command } from './command.ts';

/** All commands in one list. */
export function helpText(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => callOf(command).length));
  return [
    'Envoi sends invoices and quotes, knows who received them, and proves it.',
    '',
    ...commands.map((command) => `  ${callOf(command).padEnd(width)}  ${command.summary}`),
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
