export { found } from './found.ts';
export { findTroubles, type Trouble } from './health.ts';
export { type AllTables, type Installation, openInstallation, type Surroundings } from './installation.ts';
export { type Running, serve } from './serve.ts';
export { openWorld } from './world.ts';
