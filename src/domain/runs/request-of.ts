import type { DispatchRequest } from '#domain/dispatch';
import type { JoinedFiles, LevelOptions, Run, RunLine, RunOptions } from './run.ts';

/** The level of a mail with these documents: the run's own, or a lower one where only such are left. */
export function levelFor({ options }: Pick<Run, 'options'>, documentIds: readonly string[]): LevelOptions {
  const lower = options.lower ?? [];
  const levels = documentIds.map((id) => lower.findIndex((one) => one.documentIds.includes(id)));
  return levels.includes(-1) ? options : (lower[Math.min(...levels)] ?? options);
}

/** The texts that a level has for a mail with these documents: one about a single document leaves the company's own where it is. */
export function textsFor(
  { texts, keptIn = [] }: LevelOptions,
  documentIds: readonly string[],
): LevelOptions['texts'] {
  if (!texts || documentIds.length !== 1) return texts;
  return Object.fromEntries(
    Object.entries(texts).filter(([language]) => !keptIn.some((kept) => kept === language)),
  );
}

/** What was chosen for the run is about its own level: where only lower ones are left, these have their own words. */
export function cellsFor({ options }: Pick<Run, 'options'>, level: LevelOptions): RunOptions['cells'] {
  return level === options ? options.cells : undefined;
}

/** The joined file of a line, where it was made of exactly these documents in the way that is asked for. */
export function joinedOf({ options }: Pick<Run, 'options'>, line: RunLine): JoinedFiles | null {
  const { joined } = line.choice;
  const fits =
    joined?.way === options.joinPdfs && joined?.documentIds.join(' ') === line.documentIds.join(' ');
  return fits ? (joined ?? null) : null;
}

function joinedFileOf(run: Run, line: RunLine): DispatchRequest['joined'] {
  const joined = joinedOf(run, line);
  if (!joined?.fileId) return undefined;
  const isApart = (id: string): boolean => joined.apart.some((one) => one.documentId === id);
  return { fileId: joined.fileId, documentIds: joined.documentIds.filter((id) => !isApart(id)) };
}

/** What a line asks `dispatch` for. `sendAt` is worked out by the caller, who knows the company's zone. */
export function requestOf(run: Run, line: RunLine, now: Date, sendAt: Date | null = null): DispatchRequest {
  const { options } = run;
  const level = levelFor(run, line.documentIds);
  return {
    companyId: run.companyId,
    author: run.author,
    origin: run.origin,
    documentIds: line.documentIds,
    purpose: run.purpose,
    senderId: level.senderId,
    texts: textsFor(level, line.documentIds),
    cells: cellsFor(run, level),
    attach: options.attach,
    // Both: as it is proposed for each line, which is both for whom the network reaches.
    channels: options.channels?.length === 1 ? options.channels : undefined,
    service: level.service,
    serviceDays: options.serviceDays,
    hideSender: level.hideSender,
    fileIds: [
      ...(level.fileIds ?? []),
      ...(level.letter && line.choice.letter ? [line.choice.letter.fileId] : []),
    ],
    joined: joinedFileOf(run, line),
    copyToSender: options.copyToSender ?? false,
    sendAt: sendAt && sendAt > now ? sendAt : null,
    undoSeconds: 0,
    condition: options.condition,
    metadata: { ...options.metadata, runId: run.id },
  };
}
