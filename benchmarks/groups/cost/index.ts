import type { Group } from '../../figures';

export const cost: Group = { name: 'cost', measure: async () => [] };
