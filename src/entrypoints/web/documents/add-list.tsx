import { paths, viewAt } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { DocumentsBody, DocumentsScreen } from '../screens/documents.tsx';
import type { StaffApp } from '../staff/env.ts';
import { fragment, page } from '../staff/page.tsx';
import { listModel } from './list-model.ts';

/** The list of documents, and the one search box, which leads into it. */
export function addList(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.documents, async (c) =>
    page(c, <DocumentsScreen view={c.var.view} model={await listModel(needs, c)} />),
  );
  app.get(paths.fragment('documents', 'list'), async (c) => {
    const view = viewAt(c.var.view, paths.documents);
    return fragment(c, <DocumentsBody view={view} model={await listModel(needs, c, view)} />);
  });
  app.get(paths.search, (c) => {
    const q = c.req.query('q')?.trim() ?? '';
    return c.redirect(q ? `${paths.documents}?${new URLSearchParams({ q })}` : paths.documents, 303);
  });
}
