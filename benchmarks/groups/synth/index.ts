import type { Group } from '../../figures';

export const synth: Group = { name: 'synth', measure: async () => [] };
