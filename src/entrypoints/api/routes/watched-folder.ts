import { z } from '@hono/zod-openapi';
import { changeWatchSettings, readWatchSettings } from '#domain/intake';
import { json } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';

const tag = 'Submission';

const shape = z
  .strictObject({
    send: z.enum(['never', 'named', 'always']).openapi({
      description:
        '`never`: files become documents only; `named`: they are sent when a sidecar names recipients; `always`: otherwise to the contacts of their customer',
    }),
  })
  .openapi('WatchedFolder');

const get = defineRoute({
  method: 'get',
  path: '/watched-folder',
  operationId: 'getWatchedFolder',
  tag,
  summary: 'Show what becomes of files that are dropped into the watched folder',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: shape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { send } = await readWatchSettings(tx, call.companyId);
      return json({ send });
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/watched-folder',
  operationId: 'changeWatchedFolder',
  tag,
  summary: 'Choose what becomes of dropped files',
  right: 'all',
  body: { json: shape },
  success: { kind: 'json', statuses: [200], schema: shape },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const { send } = call.body;
      await changeWatchSettings(tx, { companyId: call.companyId, send, actor: 'program' }, call.now);
      return json({ send });
    }),
});

export const watchedFolderRoutes: readonly Route[] = [get, change];
