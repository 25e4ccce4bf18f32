import { createHash } from 'node:crypto';

/** A webhook with it does not fit an item of the table, not even compressed. The validator stores its body in S3. */
export const LARGE_PADDING = createHash('shake256', { outputLength: 500_000 }).update('large').digest('base64');

/** The event of Lambda has it in base64, and would be larger than 6 MB. */
export const TOO_LARGE_BODY = Buffer.alloc(5_000_000, '{');
