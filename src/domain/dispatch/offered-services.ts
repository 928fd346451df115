import { type Company, hasFeature } from '#domain/accounts';
import { type DispatchService, dispatchServices } from './dispatch.ts';

/** The services that a company may choose for a dispatch, a run or a reminder; `standard` is always among them. */
export function offeredServices(company: Company): readonly DispatchService[] {
  return hasFeature(company, 'registered') ? dispatchServices : ['standard'];
}
