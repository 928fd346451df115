export { apiDocument } from './api-document.ts';
export type { ApiNeeds, ApiTables } from './api-needs.ts';
export { makeApi } from './make-api.ts';
