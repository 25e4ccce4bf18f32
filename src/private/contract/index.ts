/**
 * The contract between the stack and the handlers: names of environment
 * variables, attributes, events and metrics, and the types of shared data.
 *
 * Each name is defined once, in one of these modules. They import only each
 * other, so that the handlers' bundles do not contain the CDK.
 */
export type * from './assessed-movements';
export * from './consoles';
export * from './environment';
export * from './events';
export type * from './field';
export type * from './fraud';
export * from './fraud-facts';
export * from './generated/attributes';
export * from './generated/carried-fields';
export * from './generated/currencies';
export type * from './generated/details';
export * from './generated/fraud-rule-labels';
export * from './generated/schemes';
export * from './handler-code-context';
export * from './items';
export * from './metrics';
export * from './providers';
export * from './reconciliation-input';
export * from './response-headers';
export * from './runbook';
export * from './sweep-settings';
export * from './system-outputs';
export type * from './tiers';
