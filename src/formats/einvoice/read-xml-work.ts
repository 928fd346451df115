import type { Perform } from '#base/confine';
import { type ReadXml, readXml } from './read-xml.ts';
import { unwrapP7m } from './unwrap-p7m.ts';

export type XmlTask = { readonly bytes: Uint8Array; readonly isSigned: boolean };
export type XmlAnswer = { readonly read: ReadXml; readonly xml: Uint8Array | null };

/** Runs in a confined thread: takes the XML out of its signature, if any, and reads it. */
export const perform: Perform<XmlTask, XmlAnswer> = async ({ bytes, isSigned }) => {
  const xml = isSigned ? unwrapP7m(bytes) : bytes;
  if (!xml) return { read: { ok: false, reason: 'broken_xml' }, xml: null };
  return { read: readXml(xml), xml: isSigned ? Uint8Array.from(xml) : null };
};
