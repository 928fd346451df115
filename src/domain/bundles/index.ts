export { askBundle, type BundleAsked, type BundleRequest } from './ask-bundle.ts';
export { type Bundle, type BundleState, bundlesDue } from './bundle.ts';
export type { BundleDeps } from './bundle-deps.ts';
export { type BundleTables, selectBundles as getBundles } from './bundle-table.ts';
export { type PackedBundle, packBundle } from './pack-bundle.ts';
export { workBundles } from './work-bundles.ts';
