import type { Group } from '../../figures';

export const cpu: Group = { name: 'cpu', measure: async () => [] };
