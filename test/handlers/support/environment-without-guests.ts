import './validator-environment';
import { Env } from '../../../src/private/contract';

/** The environment of a system that does not identify guests. Import this module before the validator. */
delete process.env[Env.GUEST_KEY_ARN];
