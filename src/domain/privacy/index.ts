export { type Erased, erasePerson } from './erase-person.ts';
export { exportRecord } from './export-record.ts';
export { mostPersonMessages, type PersonPage, type PersonRecord, personRecord } from './person-record.ts';
export { type PersonRequest, takeRequest } from './take-request.ts';
