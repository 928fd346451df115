import type { WebNeeds } from '../needs.ts';
import type { StaffApp } from '../staff/env.ts';
import { addChanges } from './add-changes.ts';
import { addDocument } from './add-document.tsx';
import { addExport } from './add-export.ts';
import { addFiles } from './add-files.ts';
import { addList } from './add-list.tsx';
import { addPortalPreview } from './add-portal-preview.ts';
import { addUpload } from './add-upload.ts';
import { addDocumentsImport } from './import-documents.tsx';

/** The list of documents, each document's page and its files. */
export function addDocuments(app: StaffApp, needs: WebNeeds): void {
  addList(app, needs);
  addExport(app, needs);
  addUpload(app, needs);
  addDocumentsImport(app, needs);
  addFiles(app, needs);
  addChanges(app, needs);
  addDocument(app, needs);
  addPortalPreview(app, needs);
}
