import { type ApiDocument, describeRoutes } from './describe-api.ts';
import { allRoutes } from './routes/all-routes.ts';

/** The OpenAPI document as it is kept in `docs/openapi.json`. */
export function apiDocument(): ApiDocument {
  return describeRoutes(allRoutes({ next: () => Promise.resolve() }));
}
