export { type Erased, erasePerson } from './erase-person.ts';
export { exportRecord } from './export-record.ts';
export { type PersonRecord, personRecord } from './person-record.ts';
export { type PersonRequest, takeRequest } from './take-request.ts';
