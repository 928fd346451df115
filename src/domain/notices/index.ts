export { followNotices } from './follow-log.ts';
export type { CustomerNotice, NetworkNotice, Notice, NoticeKind } from './notice.ts';
export {
  closeNotice as dismissNotice,
  countClosedNotices,
  countOpenByKind,
  countOpenNotices,
  type NoticeTables,
  selectClosedNotices as listClosedNotices,
  selectOpenNotices as listNotices,
} from './notice-table.ts';
