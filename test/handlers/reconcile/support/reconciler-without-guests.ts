import './reconciler-environment';
import { Env } from '../../../../src/private/contract';

// Import this module before the reconciler.
delete process.env[Env.GUEST_KEY_ARN];
