export { runCommand } from './run-command.ts';
export { type OwnInstallation, Unusable, type World } from './world.ts';
