export * from './body-unavailable';
export * from './exact-amount';
export * from './invalid-event';
export * from './on-transaction';
export * from './parse-event';
export * from './read-body';
export type * from './aws-calls';
export type * from './transaction-event';
