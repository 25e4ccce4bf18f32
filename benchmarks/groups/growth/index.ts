import type { Group } from '../../figures';

export const growth: Group = { name: 'growth', measure: async () => [] };
