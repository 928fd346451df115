export { eraseContent } from './erase-content.ts';
