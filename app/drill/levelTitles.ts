/** How a level is called. */
export const levelTitles = { junior: 'Junior', mid: 'Mid', senior: 'Senior' } as const;
