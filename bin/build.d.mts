export function build(what: {
  readonly root: string;
  readonly folder: string;
  readonly entryPoints: readonly string[];
}): Promise<void>;
