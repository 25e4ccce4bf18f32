/** The open items are spread over this many partitions of their index. */
export const SWEEP_PARTITIONS = 10;
/** The partition of the items that the sweep gave up. The sweep counts them, and only a redrive republishes them. */
export const GIVEN_UP_PARTITION = 'given-up';
/** An item without a verdict is swept when it is this old, then after twice the time, and so on. */
export const SWEEP_AFTER_MINUTES = 10;
/** The longest wait between two sweeps of an item. When an outage of any length ends, the next attempt is at most this much later. */
export const SWEEP_MAX_WAIT_MINUTES = 240;
/**
 * The sweep republishes an item this many times, the last time 25 hours after its receipt. Attempts count and not the age, so
 * that an item that was not swept for a day is still attempted.
 */
export const SWEEP_ATTEMPTS = 10;
/** The constant input of the schedule that starts the sweep. */
export const SWEEP_INPUT = { task: 'sweep' } as const;
/** The input of a redrive by an operator: the sweep also republishes what it gave up. */
export const REDRIVE_INPUT = { ...SWEEP_INPUT, all: true } as const;
