import type { Group } from '../../figures';

export const cold: Group = { name: 'cold', measure: async () => [] };
