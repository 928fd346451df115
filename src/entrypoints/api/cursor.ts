/** A place in a list that is sorted by newest first. */
export interface Place {
  readonly createdAt: Date;
  readonly id: string;
}

/** A cursor as programs get it: opaque, and the same for the same place. */
export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.createdAt.getTime(), place.id])).toString('base64url');
}

/** The place that a cursor stands for; null when it is none of ours. */
export function readCursor(cursor: string): Place | null {
  const [time, id] = readJson(cursor);
  if (!isTime(time) || typeof id !== 'string' || !/^[a-z]{3}_[0-9A-Z]{26}$/.test(id)) return null;
  return { createdAt: new Date(time), id };
}

/** The cursor of a list that is counted from its beginning. */
export function writeOffset(offset: number): string {
  return Buffer.from(JSON.stringify([offset])).toString('base64url');
}

/** The offset that such a cursor stands for; null when it is none of ours. */
export function readOffset(cursor: string): number | null {
  const [offset, ...rest] = readJson(cursor);
  return isTime(offset) && rest.length === 0 && offset <= 1_000_000 ? offset : null;
}

function readJson(cursor: string): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 8.64e15; // ECMAScript's last Date
}
