export { makeWatchRound, type WatchNeeds } from './watch-folder.ts';
