import type { Command } from '../command.ts';

/** Runs Envoi until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  usage: '',
  summary: 'runs Envoi; settings come from the environment, see docs/config.md',
  options: {},
  words: [0, 0],
  run: (_typed, world) => world.serve(),
};
