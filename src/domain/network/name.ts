/** How a name is known to be the company's: the operator looked, or its domain's DNS carries our records. */
export type Proof = 'operator' | 'dns';

/** `vat:BE0123456749` or `domain:bellevue.example`. */
export type Name = `vat:${string}` | `domain:${string}`;

export interface ProvenName {
  readonly name: Name;
  readonly proof: Proof;
}
