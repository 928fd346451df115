export function built(root: string): Promise<string | null>;
export function listWork(root: string): string[];
