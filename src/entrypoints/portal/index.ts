export { type FreezeDeps, freezeDispatches } from './freeze-dispatches.ts';
export { makePortal } from './portal.ts';
export type { PortalDeps, PortalTables } from './portal-deps.ts';
export { type PortalPreview, renderPreview } from './preview.ts';
