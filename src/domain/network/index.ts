export { blockSender, liftBlock } from './block-sender.ts';
export { type Block, selectBlocks as listBlocks } from './block-table.ts';
export { type Confirmed, confirmVatId, withdrawVatId } from './confirm-vat.ts';
export { type Decided, type Decision, decideReceived, longestReason, noteOpened } from './decide-received.ts';
export { drawReceived } from './draw-received.ts';
export { type Found, findPartner, findPartners, type Partner } from './find-partner.ts';
export type { HandOver, HandOverState } from './hand-over.ts';
export { cancelWaiting as cancelHandOvers, selectHandOvers as handOversOf } from './hand-over-table.ts';
export {
  isListed,
  listCompany,
  type Standing,
  standingOf,
  standingsOfAll,
  unlistCompany,
} from './list-company.ts';
export type { Proof, ProvenName } from './name.ts';
export type { NamingTables } from './names.ts';
export type { CrossingTables, NetworkDeps } from './network-deps.ts';
export type { NetworkTables } from './network-tables.ts';
export { networkDue, openHandOvers } from './open-hand-overs.ts';
export { type Received, type ReceivedImage, type ReceivedState, receivedStates } from './received.ts';
export { countReceived, listReceived, selectReceived as getReceived } from './received-table.ts';
export { runNetwork } from './run-network.ts';
