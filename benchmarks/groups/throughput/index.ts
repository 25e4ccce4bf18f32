import type { Group } from '../../figures';

export const throughput: Group = { name: 'throughput', measure: async () => [] };
