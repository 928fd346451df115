export { followNotices } from './follow-log.ts';
export type { Notice, NoticeKind } from './notice.ts';
export {
  closeNotice as dismissNotice,
  countOpenNotices,
  type NoticeTables,
  selectOpenNotices as listNotices,
} from './notice-table.ts';
