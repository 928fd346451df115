import type { Perform } from '#base/confine';
import { drawInvoice } from './draw-invoice.ts';
import type { InvoiceView } from './invoice-view.ts';

/** Runs in a confined thread: a long invoice takes seconds to set. */
export const perform: Perform<InvoiceView, Uint8Array> = async (view) =>
  Uint8Array.from(await drawInvoice(view));
