import { join } from 'node:path';
import { synthesizeStacks } from './synthesize';
import { PlainWebhooks } from '../twin/plain-webhooks';

const assets = join(__dirname, '../../../../assets');

synthesizeStacks((stack) => new PlainWebhooks(stack, 'Webhooks', { assets }));
