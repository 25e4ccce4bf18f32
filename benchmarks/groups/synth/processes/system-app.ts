import { synthesizeStacks } from './synthesize';
import { WebhookProcessingSystem } from '../../../../src';

synthesizeStacks((stack) => new WebhookProcessingSystem(stack, 'Webhooks'));
