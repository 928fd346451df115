import type { DispatchRequest } from '#domain/dispatch';
import type { Run, RunLine } from './run.ts';

/** What a line asks `dispatch` for. `sendAt` is worked out by the caller, who knows the company's zone. */
export function requestOf(run: Run, line: RunLine, now: Date, sendAt: Date | null = null): DispatchRequest {
  const { options } = run;
  return {
    companyId: run.companyId,
    author: run.author,
    origin: run.origin,
    documentIds: line.documentIds,
    purpose: run.purpose,
    senderId: options.senderId,
    subject: options.subject,
    html: options.html,
    texts: options.texts,
    attach: options.attach,
    service: options.service,
    serviceDays: options.serviceDays,
    fileIds: [...(options.fileIds ?? []), ...(line.choice.letter ? [line.choice.letter.fileId] : [])],
    copyToSender: options.copyToSender ?? false,
    sendAt: sendAt && sendAt > now ? sendAt : null,
    undoSeconds: 0,
    condition: options.condition,
    metadata: { ...options.metadata, runId: run.id },
  };
}
