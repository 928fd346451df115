import { makeTexts, type Texts } from '#base/language';
import { de } from './de.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { ro } from './ro.ts';

export type InvoiceTexts = Texts<keyof typeof en>;

/** All six catalogues, for the check that none lacks a text. */
export const invoiceCatalogues = { en, fr, it, ro, de, nl };

/** The words on a drawn invoice, by language. */
export const invoiceTexts = makeTexts(invoiceCatalogues);
