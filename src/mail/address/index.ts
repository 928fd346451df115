export {
  addressKey,
  domainOf,
  type Mailbox,
  needsSmtpUtf8,
  normaliseAddress,
  sameAddress,
} from './address.ts';
export { type AddressOptions, type AddressReason, checkAddress, controlCharacter } from './check-address.ts';
export { encodeWords, isPlainHeaderText } from './encode-words.ts';
export { formatAddress } from './format-address.ts';
export {
  type AddressProblem,
  type ParsedAddress,
  type ParsedAddressList,
  type ParsedMailbox,
  parseAddress,
  parseAddressList,
} from './parse-address-list.ts';
