import { z } from '@hono/zod-openapi';
import { type FileRefusal, storeExtraFile } from '#domain/documents';
import { json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { onceAround } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { file } from '../shapes/common.ts';

const fileShape = z
  .object({
    id: z.string().openapi({ example: 'fil_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    fileName: z.string(),
    bytes: z.number().int(),
  })
  .openapi('File');

const upload = defineRoute({
  method: 'post',
  path: '/files',
  operationId: 'uploadFile',
  tag: 'Files',
  summary: 'Keep a file that goes along with a mail',
  description:
    'Its id goes into `attach.fileIds` of a dispatch. Programs are refused: mail servers throw them away.',
  right: 'send',
  isForTests: true,
  body: { form: z.strictObject({ file }) },
  success: { kind: 'json', statuses: [201], schema: fileShape },
  refusals: ['storage_full'],
  handle: (call) =>
    onceAround(call, async () => {
      const { file: given } = call.body;
      const stored = await storeExtraFile(call.needs, { companyId: call.companyId, ...given }, call.now);
      if (!stored.ok) return refuseFile(stored.reason, call.needs.limits.extraFileBytes);
      const { id, fileName, bytes } = stored.file;
      return json({ id, fileName, bytes }, 201);
    }),
});

function refuseFile(reason: FileRefusal, mostBytes: number): Refusal {
  if (reason === 'too_big')
    return refuse('too_large', { detail: `A file may have ${Math.floor(mostBytes / 2 ** 20)} MiB at most.` });
  const message =
    reason === 'empty' ? 'The file is empty.' : 'This is a program; mail servers throw such files away.';
  return refuseFields([{ path: 'file', message }]);
}

export const fileRoutes: readonly Route[] = [upload];
