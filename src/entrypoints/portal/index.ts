export { type AnswerPixel, makeAnswerPixel } from './add-pixel.ts';
export { type FreezeDeps, freezeDispatches } from './freeze-dispatches.ts';
export { makePortal } from './portal.ts';
export type { Caller, PortalDeps, PortalTables } from './portal-deps.ts';
export { type PortalPreview, renderPreview } from './preview.ts';
