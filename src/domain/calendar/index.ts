export {
  type CalendarDay,
  type CalendarSettings,
  everyDayWorks,
  type IsFree,
  isWeekend,
  nextWorkingDay,
  type OwnDay,
} from './calendar.ts';
export type { CalendarTables } from './calendar-table.ts';
export {
  type CalendarChange,
  type CalendarProblem,
  changeCalendar,
  longestDayName,
} from './change-calendar.ts';
export { countriesWithHolidays, regionsOf } from './public-holidays.ts';
export { calendarOf, daysOfYear, freeDaysOf } from './read-calendar.ts';
