import { after, day, minute } from '#base/time';
import { makeEvidence } from '#domain/proofs';
import { asWorker, inCompany } from '#stores/database';
import { type Bundle, type BundleFile, keptDays, mostTries } from './bundle.ts';
import type { BundleDeps } from './bundle-deps.ts';
import { clearPlaces, fillPlace, selectBundleFiles, takePlace } from './bundle-file-table.ts';
import { expireBundle, leaseBundle, releaseBundle } from './bundle-table.ts';
import { indexCsv, indexHtml } from './draw-index.ts';

/** One file takes about a second; a service of time stamps that hangs, ten. */
const leaseMs = 2 * minute;

/** Makes the next file of the oldest bundle that waits, or ends that bundle; tells whether there may be more to do. */
export async function workBundles(deps: BundleDeps, clock: () => Date): Promise<boolean> {
  const now = clock();
  const bundle = await asWorker(deps.database, (tx) => leaseBundle(tx, now, after(now, leaseMs)));
  if (!bundle) return expireOne(deps, now);
  const place = await inCompany(deps.database, bundle.companyId, (tx) => takePlace(tx, bundle, mostTries));
  if (place) await makePlace(deps, bundle, place, clock());
  else await finish(deps, bundle, clock());
  return true;
}

/** A file that cannot be made throws: the loop tries it again, and the third time it is left out. */
async function makePlace(deps: BundleDeps, bundle: Bundle, place: BundleFile, now: Date): Promise<void> {
  const { companyId } = bundle;
  try {
    const made = await makeEvidence(
      deps,
      { companyId, dispatchId: place.dispatchId ?? '', actor: bundle.actor, by: bundle.askedBy },
      now,
    );
    if (!made.ok) return;
    const sha256 = await deps.files.put(companyId, made.bytes);
    const file = { ...place, name: made.fileName, sha256, bytes: made.bytes.length, facts: made.summary };
    await inCompany(deps.database, companyId, (tx) => fillPlace(tx, bundle, file));
  } finally {
    await inCompany(deps.database, companyId, (tx) => releaseBundle(tx, bundle, null));
  }
}

/** Writes the index and says that the bundle is ready. */
async function finish(deps: BundleDeps, bundle: Bundle, now: Date): Promise<void> {
  const { companyId } = bundle;
  const files = await inCompany(deps.database, companyId, (tx) => selectBundleFiles(tx, bundle));
  const made = files.filter((file) => file.place > 0);
  const indexes = [
    { place: -1, name: 'index.html', bytes: Buffer.from(indexHtml(bundle, made, deps.portalUrl)) },
    { place: 0, name: 'index.csv', bytes: Buffer.from(indexCsv(bundle, made)) },
  ];
  const kept: BundleFile[] = [];
  for (const { place, name, bytes } of indexes) {
    const sha256 = await deps.files.put(companyId, bytes);
    kept.push({ place, name, sha256, bytes: bytes.length, dispatchId: null, isFailed: false, facts: null });
  }
  await inCompany(deps.database, companyId, async (tx) => {
    for (const file of kept) await fillPlace(tx, bundle, file);
    await releaseBundle(tx, bundle, { readyAt: now, expiresAt: after(now, keptDays * day) });
  });
}

/** Removes the files of one bundle whose time is over. The row says so first: what is then left of a crash is a file that nobody names. */
async function expireOne(deps: BundleDeps, now: Date): Promise<boolean> {
  const bundle = await asWorker(deps.database, (tx) => expireBundle(tx, now));
  if (!bundle) return false;
  const files = await inCompany(deps.database, bundle.companyId, (tx) => selectBundleFiles(tx, bundle));
  for (const { sha256 } of files) if (sha256) await deps.files.remove(bundle.companyId, sha256);
  await inCompany(deps.database, bundle.companyId, (tx) => clearPlaces(tx, bundle));
  return true;
}
