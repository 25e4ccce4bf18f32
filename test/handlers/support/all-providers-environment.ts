import { CONFIGS } from './all-providers';
import { Env } from '../../../src/private/contract';

// The validator reads its configuration when it loads. Import this module first.
process.env[Env.PROVIDERS] = JSON.stringify(CONFIGS);
process.env[Env.TIERS] = JSON.stringify({ medium: 1000, high: 10000 });
process.env[Env.PREVIOUS_SECRET_GRACE_SECONDS] = '86400';
process.env[Env.TABLE_NAME] = 'the-table';
process.env[Env.SYSTEM_NAME] = 'the-system';
