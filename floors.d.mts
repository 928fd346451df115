/** The folders of the house, ground first; see floors.mjs. */
export const floors: readonly string[];
