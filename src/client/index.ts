export type { components } from './api-types.ts';
export { type Client, makeClient, problemSentence, Unreachable } from './client.ts';
