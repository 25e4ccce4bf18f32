import type { Group } from '../../figures';

export const handler: Group = { name: 'handler', measure: async () => [] };
