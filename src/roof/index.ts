export { openWorld } from './world.ts';
