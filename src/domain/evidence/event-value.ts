/** Values that survive canonical JSON unchanged; numbers must be safe integers. */
export type EventValue =
  | string
  | number
  | boolean
  | null
  | readonly EventValue[]
  | { readonly [key: string]: EventValue };

export type EventData = { readonly [key: string]: EventValue };
