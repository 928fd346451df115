export { type DigestSetting, digestModes, usualDigest } from './digest.ts';
export type { Digest } from './find-digests.ts';
export { followNotices } from './follow-log.ts';
export type { CustomerNotice, NetworkNotice, Notice, NoticeKind } from './notice.ts';
export {
  closeNotice as dismissNotice,
  countClosedNotices,
  countOpenByKind,
  countOpenNotices,
  type NoticeTables,
  selectClosedNotices as listClosedNotices,
  selectNotice as getNotice,
  selectOpenNotices as listNotices,
} from './notice-table.ts';
export { type DigestNeeds, runDigests } from './run-digests.ts';
export { digestSettingOf, setDigest } from './set-digest.ts';
