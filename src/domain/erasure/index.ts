export { type Erased, type ErasureRefusal, type ErasureTables, eraseContent } from './erase-content.ts';
