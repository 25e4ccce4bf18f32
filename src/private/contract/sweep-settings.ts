/** The open high-value items are spread over this many partitions of their index. */
export const SWEEP_PARTITIONS = 10;
/** An item without a verdict is swept when it is this old, then after twice the time, and so on. */
export const SWEEP_AFTER_MINUTES = 10;
/** If an item has no verdict by then, it goes to the dead-letter queue. */
export const SWEEP_GIVE_UP_HOURS = 24;
/** The constant input of the schedule that starts the sweep. */
export const SWEEP_INPUT = { task: 'sweep' } as const;
